import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type NewIndex, type Search, searchSubjects } from '../support/search-subjects.ts';

/** Longer together than the request line that a server takes. */
const manyNames = Array.from({ length: 18 }, (_, number) => `${'long-'.repeat(46)}${number}`);

describe.each(searchSubjects)('search indices: $name', ({ open, engine }) => {
  let search: Search;
  beforeAll(async () => {
    search = await open();
  });
  afterAll(() => search.stop());

  function nameOf(text = 'index'): string {
    return `${text}-${randomUUID().slice(0, 8)}`;
  }

  async function newIndex(index: NewIndex = {}, name = nameOf()): Promise<string> {
    await search.createIndex(name, index);
    return name;
  }

  it('tells the engine and the data nodes', async () => {
    expect(await search.indices.engine()).toEqual({
      distribution: expect.stringMatching(/^(opensearch|elasticsearch)$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(await search.indices.topology()).toEqual({ dataNodes: 1 });
  });

  it('lists every index, hidden, closed and oddly named ones too, and no alias', async () => {
    const alias = nameOf('alias');
    const names = await Promise.all(
      ['ünï', 'a+b', 'a%20b', '.dot', "it's", 'constructor'].map((text) =>
        newIndex({ aliases: { [alias]: {} } }, nameOf(text)),
      ),
    );
    const closed = await newIndex();
    await search.closeIndex(closed);

    const listed = await search.indices.list();

    expect(listed).toEqual(expect.arrayContaining([...names, closed]));
    expect(listed).not.toContain(alias);
  });

  it('describes an index', async () => {
    const [alias, other] = [nameOf('alias'), nameOf('alias')];
    const filter = { term: { title: 'x' } };
    const aliases = { [alias]: { filter, is_write_index: true }, [other]: { index_routing: '1', search_routing: '2' } };
    const name = await newIndex({ documents: 3, primaries: 2, replicas: 1, aliases }, nameOf('ünï+%20'));

    const [record, ...more] = await search.indices.describe([name]);

    expect(more).toEqual([]);
    expect(record).toEqual({
      name,
      uuid: expect.stringMatching(/^[\w-]{10,}$/),
      documents: 3,
      bytes: expect.any(Number),
      primaries: 2,
      replicas: 1,
      createdVersion: (await search.indices.engine()).version,
      aliases,
    });
    expect(record?.bytes).toBeGreaterThan(0);
  });

  it('counts what was written a moment ago', async () => {
    const name = await newIndex({ documents: 2 });
    await search.indices.describe([name]);
    await search.addDocuments(name, 5);

    expect(await search.indices.describe([name])).toMatchObject([{ documents: 7 }]);
  });

  it('counts several indices at once, empty ones too, but no closed one', async () => {
    const [some, none, closed] = [await newIndex({ documents: 4 }), await newIndex(), await newIndex({ documents: 1 })];
    await search.closeIndex(closed);

    const records = await search.indices.describe([some, none, closed]);

    expect(Object.fromEntries(records.map(({ name, documents }) => [name, documents]))).toEqual({
      [some]: 4,
      [none]: 0,
      [closed]: null,
    });
  });

  it('describes closed indices alone, and none at all', async () => {
    const closed = await newIndex({ documents: 1 });
    await search.closeIndex(closed);

    // The shards of an index that was just closed start anew, and have no size meanwhile.
    const record = await eventually(search, async () => {
      const [found] = await search.indices.describe([closed]);
      return found !== undefined && found.bytes > 0 ? found : undefined;
    });

    expect(record).toMatchObject({ name: closed, documents: null });
    expect(await search.indices.describe([])).toEqual([]);
  });

  it('leaves out what is no index: a name that nothing has, and an alias', async () => {
    const alias = nameOf('alias');
    const name = await newIndex({ aliases: { [alias]: {} } });
    const names = [alias, nameOf('missing'), name];

    expect((await search.indices.describe(names)).map((record) => record.name)).toEqual([name]);
    expect(Object.keys(await search.indices.uuids(names))).toEqual([name]);
    expect((await search.indices.recovery(names)).map(({ index }) => index)).toEqual([name]);
    expect(await search.indices.describe([alias])).toEqual([]);
    expect(await search.indices.uuids([nameOf('missing')])).toEqual({});
    expect(await search.indices.recovery([nameOf('missing')])).toEqual([]);
  });

  it('gives an index that is made again another uuid', async () => {
    const name = await newIndex();
    const before = await search.indices.uuids([name]);
    await search.removeIndex(name);
    await newIndex({}, name);

    const after = await search.indices.uuids([name]);

    expect(after[name]).toBeDefined();
    expect(after[name]).not.toBe(before[name]);
    expect(await search.indices.describe([name])).toMatchObject([{ uuid: after[name] }]);
  });

  it('describes and deletes more indices than one request can name', async () => {
    const suffix = nameOf('');
    const names = manyNames.map((name) => `${name}${suffix}`);
    for (const name of names) await newIndex({}, name);

    expect((await search.indices.describe(names)).map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(Object.keys(await search.indices.uuids(names)).sort()).toEqual([...names].sort());
    expect(await search.indices.recovery(names)).toHaveLength(names.length);
    await search.indices.delete(names);

    expect(await search.indices.uuids(names)).toEqual({});
  });

  it('deletes what is there, closed indices too, and does not mind what is not', async () => {
    const [first, closed, last] = [await newIndex(), await newIndex(), await newIndex({}, nameOf('a%20b'))];
    await search.closeIndex(closed);
    const bystander = await newIndex({}, `${first}-bystander`);

    await search.indices.delete([first, nameOf('missing'), closed, last]);
    await search.indices.delete([first]);
    await search.indices.delete([]);

    expect(Object.keys(await search.indices.uuids([first, closed, last, bystander]))).toEqual([bystander]);
  });

  it('does not delete an index by its alias', async () => {
    const alias = nameOf('alias');
    const name = await newIndex({ aliases: { [alias]: {} } });

    await expect(search.indices.delete([alias])).rejects.toMatchObject({ code: 'INDEX_IN_THE_WAY' });

    expect(Object.keys(await search.indices.uuids([name]))).toEqual([name]);
  });

  it('counts no primary of an index that was not restored', async () => {
    const name = await newIndex({ primaries: 2 });

    expect(await search.indices.recovery([name])).toEqual([
      { index: name, health: 'green', initializing: false, primariesDone: 0 },
    ]);
  });

  it('says why a shard has no place', async () => {
    const [lonely, fine] = [await newIndex({ replicas: 1 }), await newIndex()];

    expect(await search.indices.whyUnassigned(lonely)).toMatch(/same_shard: a copy of this shard is already allocated/);
    expect(await search.indices.recovery([lonely])).toMatchObject([{ health: 'yellow', initializing: false }]);
    expect(await search.indices.whyUnassigned(fine)).toBeUndefined();
    expect(await search.indices.whyUnassigned(nameOf('missing'))).toBeUndefined();
  });

  it('neither counts an index without a primary nor waits for it', async () => {
    const [red, fine] = [nameOf(), await newIndex({ documents: 1 })];
    await search.createRedIndex(red);

    expect(await search.indices.describe([red, fine])).toMatchObject([
      { name: red, documents: null },
      { name: fine, documents: 1 },
    ]);
    expect(await search.indices.recovery([red])).toMatchObject([
      { health: 'red', initializing: false, primariesDone: 0 },
    ]);
    expect(await search.indices.whyUnassigned(red)).toMatch(/filter: node does not match/);
  });

  describe.runIf(engine !== undefined)('with a block on an index', () => {
    it('cannot count what must not be read', async () => {
      const [readable, blocked] = [await newIndex({ documents: 1 }), await newIndex({ documents: 1 })];
      await engine?.().setSettings(blocked, { 'index.blocks.read': true });

      const records = await search.indices.describe([readable, blocked]);

      expect(Object.fromEntries(records.map(({ name, documents }) => [name, documents]))).toEqual({
        [readable]: 1,
        [blocked]: null,
      });
    });

    it('does not delete what must not be changed', async () => {
      const name = await newIndex();
      await engine?.().setSettings(name, { 'index.blocks.read_only': true });

      await expect(search.indices.delete([name])).rejects.toMatchObject({
        code: 'INDEX_BLOCKED',
        message: expect.stringContaining(`index [${name}] blocked by`),
      });

      await engine?.().setSettings(name, { 'index.blocks.read_only': null });
      await search.indices.delete([name]);
    });

    it('lists all the same where its metadata must not be read', async () => {
      const name = await newIndex();
      await engine?.().setSettings(name, { 'index.blocks.metadata': true });

      expect(await search.indices.list()).toContain(name);
      await expect(search.indices.describe([name])).rejects.toMatchObject({ code: 'INDEX_BLOCKED' });

      await engine?.().setSettings(name, { 'index.blocks.metadata': null });
    });
  });
});
