import { beforeAll, describe, expect, inject, it } from 'vitest';
import { makeFunction, streamOf, trigger, writeThrough } from '../../sandbox/demo/application-indexer.ts';
import { dynamodb, indexerPlace, makeApplication, search } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile } = inject('deployed');
const run = (...command: string[]) => tandem([...command, '--config', planFile], environment);

beforeAll(async () => {
  await makeApplication();
});

describe('a table that feeds an index', () => {
  it('feeds it again after a restore, and nothing feeds what reads its old stream', async () => {
    await writeThrough(dynamodb, search);
    const oldStream = await streamOf(dynamodb);
    expect(await run('backup', 'app')).toMatchObject({ exitCode: 0 });

    expect(await run('restore', 'app', '--tables', 'shop-products', '--yes')).toMatchObject({ exitCode: 0 });

    // What every restore left behind that does not know of triggers: one on the stream of the table that is gone.
    const left = await makeFunction('left-indexer', 'left-products', indexerPlace);
    await trigger(left, oldStream, indexerPlace);
    await writeThrough(dynamodb, search, async () => {
      expect(await search('GET', '/_cat/indices/left-product*?format=json')).toEqual([]);
    });
  });
});
