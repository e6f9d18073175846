import { describe, expect, it } from 'vitest';
import { searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

/** Longer together than the request line that a server takes. */
const manyNames = Array.from({ length: 18 }, (_, number) => `${'long-'.repeat(46)}${number}`);

describe.each(searchSubjects)('deletion of indices: $name', (subject) => {
  const trial = searchTrial(subject);

  it('describes and deletes more indices than one request can name', async () => {
    const suffix = nameOf('');
    const names = manyNames.map((name) => `${name}${suffix}`);
    for (const name of names) await trial.newIndex({}, name);

    expect((await trial.search.indices.describe(names)).map(({ name }) => name).sort()).toEqual([...names].sort());
    expect([...(await trial.search.indices.uuids(names)).keys()].sort()).toEqual([...names].sort());
    expect(await trial.search.indices.recovery(names)).toHaveLength(names.length);
    await trial.search.indices.delete(names);

    expect(await trial.search.indices.uuids(names)).toEqual(new Map());
  });

  it('deletes what is there, closed indices too, and does not mind what is not', async () => {
    const [first, closed, last] = [
      await trial.newIndex(),
      await trial.newIndex(),
      await trial.newIndex({}, nameOf('a%20b')),
    ];
    await trial.search.indices.close([closed]);
    const bystander = await trial.newIndex({}, `${first}-bystander`);

    await trial.search.indices.delete([first, nameOf('missing'), closed, last]);
    await trial.search.indices.delete([first]);
    await trial.search.indices.delete([]);

    expect([...(await trial.search.indices.uuids([first, closed, last, bystander])).keys()]).toEqual([bystander]);
  });

  it('does not delete an index by its alias', async () => {
    const alias = nameOf('alias');
    const name = await trial.newIndex({ aliases: { [alias]: {} } });

    await expect(trial.search.indices.delete([alias])).rejects.toMatchObject({ code: 'INDEX_IN_THE_WAY' });

    expect([...(await trial.search.indices.uuids([name])).keys()]).toEqual([name]);
  });

  it('does not delete what must not be changed, and knows beforehand', async () => {
    const [name, other] = [await trial.newIndex(), await trial.newIndex()];
    await trial.search.setReadOnly(name, true);

    expect(await trial.search.indices.undeletable()).toContain(name);
    expect(await trial.search.indices.undeletable()).not.toContain(other);
    await expect(trial.search.indices.delete([name])).rejects.toMatchObject({
      code: 'INDEX_BLOCKED',
      message: expect.stringContaining(`index [${name}] blocked by`),
    });

    await trial.search.setReadOnly(name, false);
    expect(await trial.search.indices.undeletable()).not.toContain(name);
    await trial.search.indices.delete([name]);
  });
});
