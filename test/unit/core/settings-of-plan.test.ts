import { expect, test } from 'vitest';
import { settingsOfPlan } from '../../../shared/core/settings-of-plan.ts';
import { triggersOfPlan } from '../../../shared/core/triggers-of-plan.ts';
import { plainSettings, tableRecord } from '../../support/sample-manifest.ts';

test('settings that nobody set are not put back', () => {
  expect(settingsOfPlan({ settings: plainSettings })).toEqual({ back: [], not: [] });
});

test('settings that a restore cannot put back are told, with why', () => {
  const settings = {
    ...plainSettings,
    tags: { application: 'shop' },
    timeToLive: { attribute: 'expires' },
    deletionProtection: true,
    tableClass: 'STANDARD_INFREQUENT_ACCESS',
    resourcePolicy: '{}',
    notCaptured: [{ setting: 'scaling', why: 'the endpoint does not know it' }],
  };

  const { back, not } = settingsOfPlan({ settings });

  expect(back).toEqual(['tags', 'timeToLive', 'deletionProtection']);
  expect(not).toEqual([
    { setting: 'tableClass', why: expect.stringContaining('STANDARD_INFREQUENT_ACCESS') },
    { setting: 'resourcePolicy', why: expect.any(String) },
    { setting: 'scaling', why: 'not captured by the backup: the endpoint does not know it' },
  ]);
});

test('triggers are those that are there now, and those that the recovery point knows beside them', () => {
  const mapping = (functionArn: string, uuid: string) => {
    const stream = { streamArn: 'arn:stream', state: 'Enabled', configuration: {} };
    return { ...stream, functionArn, uuid };
  };
  const { settings } = tableRecord({
    settings: { ...plainSettings, eventSourceMappings: [mapping('arn:both', 'old'), mapping('arn:gone', 'older')] },
  });

  expect(triggersOfPlan({ settings }, [mapping('arn:late', 'new'), mapping('arn:both', 'now')])).toEqual([
    { functionArn: 'arn:both', uuid: 'now', recorded: true },
    { functionArn: 'arn:gone', uuid: null, recorded: true },
    { functionArn: 'arn:late', uuid: 'new', recorded: false },
  ]);
});
