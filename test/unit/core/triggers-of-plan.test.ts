import { expect, test } from 'vitest';
import { triggersOfPlan } from '../../../shared/core/triggers-of-plan.ts';
import { plainSettings, tableRecord } from '../../support/sample-manifest.ts';

test('triggers are those that are there now, and those that the recovery point knows beside them', () => {
  const mapping = (functionArn: string, uuid: string) => {
    const stream = { streamArn: 'arn:stream', state: 'Disabled', configuration: {} };
    return { ...stream, functionArn, uuid, enabled: true };
  };
  const { settings } = tableRecord({
    settings: { ...plainSettings, eventSourceMappings: [mapping('arn:both', 'old'), mapping('arn:gone', 'older')] },
  });

  expect(triggersOfPlan({ settings }, [mapping('arn:late', 'new'), mapping('arn:both', 'now')])).toEqual([
    { functionArn: 'arn:both', uuid: 'now', recorded: true, enabled: true },
    { functionArn: 'arn:gone', uuid: null, recorded: true, enabled: false },
    { functionArn: 'arn:late', uuid: 'new', recorded: false, enabled: true },
  ]);
});
