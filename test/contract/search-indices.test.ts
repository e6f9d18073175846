import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

describe.each(searchSubjects)('search indices: $name', (subject) => {
  const trial = searchTrial(subject);

  it('tells the engine and the data nodes', async () => {
    expect(await trial.search.indices.engine()).toEqual({
      distribution: expect.stringMatching(/^(opensearch|elasticsearch)$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(await trial.search.indices.topology()).toEqual({ dataNodes: 1 });
  });

  it('tells which cluster it is, always the same', async () => {
    const uuid = await trial.search.indices.clusterUuid();

    expect(uuid).toMatch(/^[\w-]{8,}$/);
    expect(await trial.search.indices.clusterUuid()).toBe(uuid);
  });

  it('lists every index, hidden, closed and oddly named ones too, and no alias', async () => {
    const alias = nameOf('alias');
    const names = await Promise.all(
      ['ünï', 'a+b', 'a%20b', '.dot', "it's", 'constructor'].map((text) =>
        trial.newIndex({ aliases: { [alias]: {} } }, nameOf(text)),
      ),
    );
    const closed = await trial.newIndex();
    await trial.search.indices.close([closed]);

    const listed = await trial.search.indices.list();

    expect(listed).toEqual(expect.arrayContaining([...names, closed]));
    expect(listed).not.toContain(alias);
  });

  it('tells the indices behind each alias, hidden and closed ones too', async () => {
    const [shared, own] = [nameOf('alias'), nameOf('alias')];
    const hidden = await trial.newIndex({ aliases: { [shared]: {}, [own]: { is_hidden: true } } }, nameOf('.hidden'));
    const closed = await trial.newIndex({ aliases: { [shared]: {} } });
    await trial.search.indices.close([closed]);

    const aliases = await trial.search.indices.aliases();

    expect(aliases.get(own)).toEqual([hidden]);
    expect(aliases.get(shared)?.toSorted()).toEqual([hidden, closed].toSorted());
  });

  it('takes no index for a data stream by its name', async () => {
    const plain = await trial.newIndex({}, nameOf('.ds-notes'));

    const streams = await trial.search.indices.dataStreams();

    expect(streams.flatMap(({ indices }) => indices)).not.toContain(plain);
    expect(await trial.search.indices.list()).toContain(plain);
  });

  it('tells when indices were made, closed ones too, and nothing of those that are not there', async () => {
    const alias = nameOf('alias');
    const first = await trial.newIndex({ aliases: { [alias]: {} } });
    const second = await trial.newIndex();
    await trial.search.indices.close([second]);

    const moments = await trial.search.indices.createdAt([first, second, alias, nameOf('absent')]);

    expect([...moments.keys()].sort()).toEqual([first, second].sort());
    const [one, other] = [moments.get(first)?.getTime() ?? 0, moments.get(second)?.getTime() ?? 0];
    expect(one).toBeGreaterThan(Date.UTC(2020, 0));
    expect(other).toBeGreaterThanOrEqual(one);
  });

  it('describes an index', async () => {
    const [alias, other] = [nameOf('alias'), nameOf('alias')];
    const filter = { term: { title: 'x' } };
    const aliases = { [alias]: { filter, is_write_index: true }, [other]: { index_routing: '1', search_routing: '2' } };
    const name = await trial.newIndex({ documents: 3, primaries: 2, replicas: 1, aliases }, nameOf('ünï+%20'));

    const [record, ...more] = await trial.search.indices.describe([name]);

    expect(more).toEqual([]);
    expect(record).toEqual({
      name,
      uuid: expect.stringMatching(/^[\w-]{10,}$/),
      open: true,
      documents: 3,
      bytes: expect.any(Number),
      primaries: 2,
      replicas: 1,
      createdVersion: (await trial.search.indices.engine()).version,
      aliases,
    });
    expect(record?.bytes).toBeGreaterThan(0);
  });

  it('tells settings and mappings of indices, closed ones too, and of no alias', async () => {
    const alias = nameOf('alias');
    const open = await trial.newIndex({ primaries: 2, replicas: 1, aliases: { [alias]: {} } }, nameOf('ünï+%20'));
    const closed = await trial.newIndex();
    await trial.search.indices.close([closed]);

    const setups = await trial.search.indices.setups([open, closed, alias, nameOf('absent')]);

    expect([...setups.keys()].sort()).toEqual([open, closed].sort());
    const { settings, mappings } = setups.get(open) ?? {};
    expect(settings).toMatchObject({ 'index.number_of_shards': '2', 'index.number_of_replicas': '1' });
    expect(settings).toHaveProperty(['index.uuid']);
    expect(mappings).toEqual({ properties: { parts: { type: 'nested' } } });
  });

  it('counts what was written a moment ago', async () => {
    const name = await trial.newIndex({ documents: 2 });
    await trial.search.indices.describe([name]);
    await trial.search.addDocuments(name, 5);

    expect(await trial.search.indices.describe([name])).toMatchObject([{ documents: 7 }]);
  });

  it('counts several indices at once, empty ones too, but no closed one', async () => {
    const [some, none, closed] = [
      await trial.newIndex({ documents: 4 }),
      await trial.newIndex(),
      await trial.newIndex({ documents: 1 }),
    ];
    await trial.search.indices.close([closed]);

    const records = await trial.search.indices.describe([some, none, closed]);

    expect(Object.fromEntries(records.map(({ name, documents }) => [name, documents]))).toEqual({
      [some]: 4,
      [none]: 0,
      [closed]: null,
    });
    expect(records.filter(({ open }) => !open).map(({ name }) => name)).toEqual([closed]);
  });

  it('describes closed indices alone, and none at all', async () => {
    const closed = await trial.newIndex({ documents: 1 });
    await trial.search.indices.close([closed]);

    // The shards of an index that was just closed start anew, and have no size meanwhile.
    const record = await eventually(trial.search, async () => {
      const [found] = await trial.search.indices.describe([closed]);
      return found !== undefined && found.bytes > 0 ? found : undefined;
    });

    expect(record).toMatchObject({ name: closed, open: false, documents: null });
    expect(await trial.search.indices.describe([])).toEqual([]);
  });

  it('leaves out what is no index: a name that nothing has, and an alias', async () => {
    const alias = nameOf('alias');
    const name = await trial.newIndex({ aliases: { [alias]: {} } });
    const names = [alias, nameOf('missing'), name];

    expect((await trial.search.indices.describe(names)).map((record) => record.name)).toEqual([name]);
    expect([...(await trial.search.indices.uuids(names)).keys()]).toEqual([name]);
    expect((await trial.search.indices.recovery(names)).map(({ index }) => index)).toEqual([name]);
    expect(await trial.search.indices.describe([alias])).toEqual([]);
    expect(await trial.search.indices.uuids([nameOf('missing')])).toEqual(new Map());
    expect(await trial.search.indices.recovery([nameOf('missing')])).toEqual([]);
  });

  it('gives an index that is made again another uuid', async () => {
    const name = await trial.newIndex();
    const before = await trial.search.indices.uuids([name]);
    await trial.search.removeIndex(name);
    await trial.newIndex({}, name);

    const after = await trial.search.indices.uuids([name]);

    expect(after.get(name)).toBeDefined();
    expect(after.get(name)).not.toBe(before.get(name));
    expect(await trial.search.indices.describe([name])).toMatchObject([{ uuid: after.get(name) }]);
  });

  it('counts no primary of an index that was not restored', async () => {
    const name = await trial.newIndex({ primaries: 2 });

    expect(await trial.search.indices.recovery([name])).toEqual([
      { index: name, open: true, health: 'green', initializing: false, primariesDone: 0, madeFrom: 'NO_SNAPSHOT' },
    ]);
  });

  it('says why a shard has no place', async () => {
    const [lonely, fine] = [await trial.newIndex({ replicas: 1 }), await trial.newIndex()];

    expect(await trial.search.indices.whyUnassigned(lonely)).toMatch(
      /same_shard: a copy of this shard is already allocated/,
    );
    expect(await trial.search.indices.recovery([lonely])).toMatchObject([
      { health: 'yellow', initializing: false, madeFrom: 'NO_SNAPSHOT' },
    ]);
    expect(await trial.search.indices.whyUnassigned(fine)).toBeUndefined();
    expect(await trial.search.indices.whyUnassigned(nameOf('missing'))).toBeUndefined();
  });

  it('neither counts an index without a primary nor waits for it', async () => {
    const [red, fine] = [nameOf('index'), await trial.newIndex({ documents: 1 })];
    await trial.search.createRedIndex(red);

    expect(await trial.search.indices.describe([red, fine])).toMatchObject([
      { name: red, documents: null },
      { name: fine, documents: 1 },
    ]);
    expect(await trial.search.indices.recovery([red])).toMatchObject([
      { health: 'red', initializing: false, primariesDone: 0 },
    ]);
    expect(await trial.search.indices.whyUnassigned(red)).toMatch(/filter: node does not match/);
  });
});

// Elasticsearch has them in X-Pack, which the sandbox's lacks.
const haveDataStreams = searchSubjects.filter(({ name }) => name !== 'Elasticsearch');

describe.each(haveDataStreams)('data streams: $name', (subject) => {
  const trial = searchTrial(subject);

  it('are told with the indices that hold them, which are listed as well', async () => {
    const name = nameOf('logs');
    await trial.search.createDataStream(name);

    const streams = await trial.search.indices.dataStreams();

    expect(streams).toContainEqual({ name, indices: [`.ds-${name}-000001`] });
    expect(await trial.search.indices.list()).toContain(`.ds-${name}-000001`);
  });
});
