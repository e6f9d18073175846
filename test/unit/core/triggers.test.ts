import { describe, expect, test } from 'vitest';
import type { EventSourceMapping } from '../../../shared/contracts/table-settings.ts';
import { triggersToHave } from '../../../shared/core/triggers.ts';

const mapping = (functionArn: string, part: Partial<EventSourceMapping> = {}): EventSourceMapping => ({
  uuid: `of-${functionArn}`,
  functionArn,
  streamArn: 'arn:old',
  state: 'Enabled',
  configuration: { BatchSize: 1 },
  ...part,
});

describe('the triggers of a restored table', () => {
  test('are configured as they were recorded', () => {
    const now = mapping('a', { configuration: { BatchSize: 2 }, state: 'Disabled', tags: { now: 'x' } });
    expect(triggersToHave([mapping('a', { tags: {} })], [now])).toEqual([
      { functionArn: 'a', configuration: { BatchSize: 1 }, tags: {}, isRecorded: true },
    ]);
  });

  test('that came later are as they are', () => {
    expect(triggersToHave([], [mapping('a', { tags: { team: 'x' } })])).toEqual([
      { functionArn: 'a', configuration: { BatchSize: 1 }, tags: { team: 'x' }, isRecorded: false },
    ]);
  });

  test('call the very version or alias that they called', () => {
    const found = triggersToHave([mapping('f:1')], [mapping('f:live')]);
    expect(found.map(({ functionArn, isRecorded }) => [functionArn, isRecorded])).toEqual([
      ['f:1', true],
      ['f:live', false],
    ]);
  });

  test('do not count where they are being deleted', () => {
    expect(triggersToHave([], [mapping('a', { state: 'Deleting' })])).toEqual([]);
  });
});
