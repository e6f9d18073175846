import { describe, expect, it } from 'vitest';
import { whenReady } from '../support/eventually.ts';
import { searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

describe.each(searchSubjects)('aliases of indices: $name', (subject) => {
  const trial = searchTrial(subject);

  async function aliasesOf(name: string) {
    return (await trial.search.indices.describe([name]))[0]?.aliases;
  }

  it('move from one index to another, as they are defined', async () => {
    const alias = nameOf('alias');
    const definition = {
      filter: { term: { title: 'x' } },
      index_routing: '1',
      search_routing: '1',
      is_write_index: true,
    };
    const old = await trial.newIndex({ aliases: { [alias]: definition } });
    const renewed = await trial.newIndex();

    await trial.search.indices.changeAliases([
      { remove: { index: old, alias } },
      { add: { ...definition, index: renewed, alias } },
    ]);

    expect([await aliasesOf(old), await aliasesOf(renewed)]).toEqual([{}, { [alias]: definition }]);
  });

  it('take the name of an index that is removed at the same moment, and of no other', async () => {
    const [old, renewed] = [await trial.newIndex({ documents: 1 }), await trial.newIndex()];
    const add = { add: { index: renewed, alias: old } };

    await expect(trial.search.indices.changeAliases([add])).rejects.toMatchObject({ code: 'INDEX_IN_THE_WAY' });
    await whenReady(trial.search, () => trial.search.indices.changeAliases([add, { remove_index: { index: old } }]));

    expect((await trial.search.indices.aliases()).get(old)).toEqual([renewed]);
    expect([...(await trial.search.indices.uuids([old, renewed])).keys()]).toEqual([renewed]);
  });

  it('change all together or not at all', async () => {
    const [alias, missing] = [nameOf('alias'), nameOf('missing')];
    const name = await trial.newIndex();

    await expect(
      trial.search.indices.changeAliases([{ add: { index: name, alias } }, { remove_index: { index: missing } }]),
    ).rejects.toMatchObject({ code: 'INDEX_VANISHED' });

    expect(await aliasesOf(name)).toEqual({});
  });
});
