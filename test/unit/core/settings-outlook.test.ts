import { expect, test } from 'vitest';
import { settingsOutlook } from '../../../shared/core/settings-outlook.ts';
import { plainSettings, tableRecord } from '../../support/sample-manifest.ts';

const trigger = { uuid: '1', functionArn: 'arn:index', streamArn: 'arn:stream', state: 'Enabled', configuration: {} };

test('nothing is put back of a table of which nothing is set', () => {
  expect(settingsOutlook(tableRecord())).toEqual({ back: [], not: [] });
});

test('what is set is put back, in order, the triggers told apart', () => {
  const settings = {
    ...plainSettings,
    tags: { Team: 'shop' },
    tableClass: 'STANDARD_INFREQUENT_ACCESS',
    stream: { viewType: 'NEW_IMAGE' as const },
    contributorInsights: [{}],
    kinesisDestinations: [],
    deletionProtection: true,
    eventSourceMappings: [trigger],
  };

  expect(settingsOutlook({ settings })).toEqual({
    back: ['tags', 'tableClass', 'stream', 'contributorInsights', 'deletionProtection'],
    not: [],
  });
});

test.for([
  [12_000, 4_000, []],
  [12_001, 4_000, ['warmThroughput']],
  [12_000, 4_001, ['warmThroughput']],
] as const)('warm throughput of %i and %i is put back where it is more than a new table has', ([read, write, back]) => {
  const warmThroughput = [{ readUnits: read, writeUnits: write }];
  expect(settingsOutlook({ settings: { ...plainSettings, warmThroughput } }).back).toEqual(back);
});

test('the replicas of a global table cannot be put back, unless the table stays', () => {
  const settings = { ...plainSettings, replicas: ['eu-north-1', 'us-east-1'] };
  const why = 'a restored table is alone: make those in eu-north-1, us-east-1 again';

  expect(settingsOutlook({ settings }).not).toEqual([{ setting: 'replicas', why }]);
  expect(settingsOutlook({ settings }, true).not).toEqual([]);
});

test('what was not captured cannot be put back, nor a trigger whose filters are hidden', () => {
  const hidden = { ...trigger, configuration: { KMSKeyArn: 'arn:key' } };
  const notCaptured = [{ setting: 'scaling', why: 'no such service' }];

  expect(settingsOutlook({ settings: { ...plainSettings, notCaptured, eventSourceMappings: [hidden] } })).toMatchObject(
    {
      back: [],
      not: [
        { setting: 'scaling', why: expect.stringContaining('no such service') },
        { setting: 'trigger arn:index', why: expect.stringContaining('encrypted') },
      ],
    },
  );
});
