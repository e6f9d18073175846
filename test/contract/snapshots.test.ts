import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexRecovery } from '../../shared/ports/search-indices.ts';
import type { Snapshot } from '../../shared/ports/snapshots.ts';
import { eventually, whenReady } from '../support/eventually.ts';
import { type NewIndex, type Search, searchSubjects } from '../support/search-subjects.ts';

/** So slow that what is under way can be watched: some seconds for `watchable` documents. */
const slowSnapshots = { max_snapshot_bytes_per_sec: '8kb' };
const slowRestores = { max_restore_bytes_per_sec: '8kb' };
const watchable = { documents: 60, primaries: 2 };

describe.each(searchSubjects)('snapshots: $name', ({ open, engine }) => {
  let search: Search;
  beforeAll(async () => {
    search = await open();
  });
  afterAll(() => search.stop());

  function nameOf(text: string): string {
    return `${text}-${randomUUID().slice(0, 8)}`;
  }

  async function newIndex(index: NewIndex = {}, text = 'index'): Promise<string> {
    const name = nameOf(text);
    await search.createIndex(name, index);
    return name;
  }

  async function newRepository(settings: Record<string, string> = {}): Promise<string> {
    const name = nameOf('repository');
    await search.snapshots.register(name, search.newRepository(settings));
    return name;
  }

  /** The snapshot when it has ended. */
  function ended(repository: string, name: string): Promise<Snapshot> {
    return eventually(search, async () => {
      const snapshot = await search.snapshots.get(repository, name);
      return snapshot === undefined || snapshot.state === 'IN_PROGRESS' ? undefined : snapshot;
    });
  }

  async function newSnapshot(repository: string, indices: string[]): Promise<Snapshot> {
    const name = nameOf('snapshot');
    await search.snapshots.start(repository, name, indices, { run: name });
    return ended(repository, name);
  }

  /** How the recovery of an index stands, once it looks as wanted. */
  function recovered(index: string, wanted: (recovery: IndexRecovery) => boolean): Promise<IndexRecovery> {
    return eventually(search, async () => {
      const [recovery] = await search.indices.recovery([index]);
      return recovery !== undefined && wanted(recovery) ? recovery : undefined;
    });
  }

  const isGreen = ({ health }: IndexRecovery) => health === 'green';

  describe('a repository', () => {
    it('is registered, again and again, and tells its settings as they were given', async () => {
      const name = nameOf('repository');
      const definition = search.newRepository();
      expect(await search.snapshots.repository(name)).toBeUndefined();

      await search.snapshots.register(name, definition);
      await search.snapshots.register(name, definition);

      const { access_key: _key, secret_key: _secret, ...told } = definition.settings;
      expect(await search.snapshots.repository(name)).toEqual({ type: definition.type, settings: told });
      await search.snapshots.verify(name);
    });

    it('is not verified where nothing can be written', async () => {
      const name = nameOf('repository');
      await search.snapshots.register(name, await search.unwritableRepository(name));

      await expect(search.snapshots.verify(name)).rejects.toMatchObject({ code: 'REPOSITORY_UNVERIFIED' });
    });

    it('that is not registered is missed', async () => {
      const [repository, name] = [nameOf('repository'), nameOf('snapshot')];
      const notFound = { code: 'REPOSITORY_NOT_FOUND' };

      await expect(search.snapshots.verify(repository)).rejects.toMatchObject(notFound);
      await expect(search.snapshots.get(repository, name)).rejects.toMatchObject(notFound);
      await expect(search.snapshots.start(repository, name, [await newIndex()], {})).rejects.toMatchObject(notFound);
      await expect(search.snapshots.restore(repository, name, ['a'])).rejects.toMatchObject(notFound);
      expect(await search.snapshots.progress(repository, name)).toBeUndefined();
    });
  });

  it('takes indices into a snapshot, and brings them back as they were', async () => {
    const repository = await newRepository();
    const alias = nameOf('alias');
    const aliases = { [alias]: { filter: { term: { title: 'x' } }, is_write_index: true } };
    const names = [
      await newIndex({ documents: 5, primaries: 2, aliases }, 'ünï+%20'),
      await newIndex({}, '.dot'),
    ].sort();
    const other = await newIndex();
    const name = nameOf('snapshot');
    const before = await search.indices.describe(names);

    await search.snapshots.start(repository, name, names, { run: 'a run', plan: 'ünï' });
    const snapshot = await ended(repository, name);

    expect(snapshot).toEqual({
      name,
      uuid: expect.stringMatching(/^[\w-]{10,}$/),
      state: 'SUCCESS',
      indices: expect.arrayContaining(names),
      metadata: { run: 'a run', plan: 'ünï' },
      startedAt: expect.any(Date),
      completedAt: expect.any(Date),
      shards: { total: 3, failed: 0, successful: 3 },
      failures: [],
    });
    expect(snapshot.indices).toHaveLength(2);
    expect(snapshot.completedAt?.getTime()).toBeGreaterThanOrEqual(snapshot.startedAt.getTime());

    await whenReady(search, () => search.indices.delete(names));
    await search.snapshots.restore(repository, name, names);
    const recoveries = await Promise.all(names.map((index) => recovered(index, isGreen)));
    const after = await search.indices.describe(names);

    expect(recoveries.map(({ primariesDone, initializing }) => [primariesDone, initializing])).toEqual(
      before.map(({ primaries }) => [primaries, false]),
    );
    expect(after.map(({ uuid: _, bytes: __, ...rest }) => rest)).toEqual(
      before.map(({ uuid: _, bytes: __, ...rest }) => rest),
    );
    expect(after.map(({ uuid }) => uuid)).not.toEqual(before.map(({ uuid }) => uuid));
    expect(Object.keys(await search.indices.uuids([other]))).toEqual([other]);
  });

  it('knows no snapshot that was never taken', async () => {
    const repository = await newRepository();
    const index = await newIndex();

    expect(await search.snapshots.get(repository, nameOf('snapshot'))).toBeUndefined();
    await expect(search.snapshots.restore(repository, nameOf('snapshot'), [index])).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    });
  });

  it('takes no second snapshot of a name, and none of an index that is gone', async () => {
    const repository = await newRepository();
    const index = await newIndex();
    const { name, uuid } = await newSnapshot(repository, [index]);

    await expect(search.snapshots.start(repository, name, [index], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
    await expect(
      search.snapshots.start(repository, nameOf('snapshot'), [index, nameOf('gone')], {}),
    ).rejects.toMatchObject({ code: 'INDEX_VANISHED' });

    expect((await search.snapshots.get(repository, name))?.uuid).toBe(uuid);
  });

  it('takes no snapshot of an index without a primary', async () => {
    const repository = await newRepository();
    const red = nameOf('red');
    await search.createRedIndex(red);

    await expect(search.snapshots.start(repository, nameOf('snapshot'), [red], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_INCOMPLETE',
    });
  });

  it('never takes an empty list for all', async () => {
    const repository = await newRepository();
    const index = await newIndex();
    const { name } = await newSnapshot(repository, [index]);
    await whenReady(search, () => search.indices.delete([index]));

    await expect(search.snapshots.start(repository, nameOf('snapshot'), [], {})).rejects.toMatchObject({
      code: 'INDICES_MATCH_NOTHING',
    });
    await expect(search.snapshots.restore(repository, name, [])).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' });

    expect(await search.indices.uuids([index])).toEqual({});
  });

  it('tells of a snapshot while it runs, and what has to wait for it', async () => {
    const repository = await newRepository(slowSnapshots);
    const index = await newIndex(watchable);
    const name = nameOf('snapshot');
    const tooEarly = { code: 'NOT_READY' };

    await search.snapshots.start(repository, name, [index], { run: 'a run' });

    expect(await search.snapshots.running()).toContain(`${repository}/${name}`);
    expect(await search.snapshots.get(repository, name)).toMatchObject({
      state: 'IN_PROGRESS',
      metadata: { run: 'a run' },
      completedAt: undefined,
      shards: { total: 0, failed: 0, successful: 0 },
    });
    const progress = await search.snapshots.progress(repository, name);
    expect(progress).toEqual({ shardsDone: expect.any(Number), shardsTotal: 2, bytes: expect.any(Number) });
    expect(progress?.shardsDone).toBeLessThan(2);
    await expect(search.snapshots.start(repository, name, [index], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
    await expect(search.indices.delete([index])).rejects.toMatchObject(tooEarly);
    await expect(search.snapshots.register(repository, search.newRepository())).rejects.toMatchObject(tooEarly);
    await expect(search.snapshots.restore(repository, name, [index])).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    });

    expect(await ended(repository, name)).toMatchObject({ state: 'SUCCESS' });
    expect(await search.snapshots.running()).not.toContain(`${repository}/${name}`);
    expect(await search.snapshots.progress(repository, name)).toBeUndefined();
  });

  it('restores nothing over what is there', async () => {
    const repository = await newRepository();
    const alias = nameOf('alias');
    const [held, other] = [await newIndex({ documents: 1, aliases: { [alias]: {} } }), await newIndex()];
    const { name } = await newSnapshot(repository, [held, other]);
    const inTheWay = { code: 'INDEX_IN_THE_WAY' };
    await whenReady(search, () => search.indices.delete([other]));

    await expect(search.snapshots.restore(repository, name, [other, held])).rejects.toMatchObject(inTheWay);
    await search.indices.delete([held]);
    await search.createIndex(alias, {});
    await expect(search.snapshots.restore(repository, name, [held])).rejects.toMatchObject(inTheWay);
    await search.removeIndex(alias);
    const usurper = nameOf('usurper');
    await search.createIndex(usurper, { aliases: { [held]: {} } });
    await expect(search.snapshots.restore(repository, name, [held])).rejects.toMatchObject(inTheWay);

    expect(Object.keys(await search.indices.uuids([held, other, usurper]))).toEqual([usurper]);
  });

  it('restores nothing that the snapshot does not hold', async () => {
    const repository = await newRepository();
    const [held, absent] = [await newIndex(), await newIndex()];
    const { name } = await newSnapshot(repository, [held]);
    await whenReady(search, () => search.indices.delete([held, absent]));

    await expect(search.snapshots.restore(repository, name, [held, absent])).rejects.toMatchObject({
      code: 'SNAPSHOT_CHANGED',
    });

    expect(await search.indices.uuids([held, absent])).toEqual({});
  });

  it('tells of a restore while it runs', async () => {
    const repository = await newRepository(slowRestores);
    const index = await newIndex(watchable);
    const { name } = await newSnapshot(repository, [index]);
    await whenReady(search, () => search.indices.delete([index]));

    await search.snapshots.restore(repository, name, [index]);

    expect(Object.keys(await search.indices.uuids([index]))).toEqual([index]);
    const [recovery] = await search.indices.recovery([index]);
    expect(recovery).toMatchObject({ health: 'yellow' });
    expect(recovery?.primariesDone).toBeLessThan(2);
    expect(await recovered(index, ({ initializing }) => initializing)).toMatchObject({ health: 'yellow' });
    expect(await recovered(index, isGreen)).toMatchObject({ initializing: false, primariesDone: 2 });
    expect(await search.indices.describe([index])).toMatchObject([{ documents: watchable.documents }]);
  });

  it('brings a closed index back open', async () => {
    const repository = await newRepository();
    const index = await newIndex({ documents: 2 });
    await search.closeIndex(index);
    const { name } = await eventually(search, async () => {
      const snapshot = await newSnapshot(repository, [index]);
      return snapshot.state === 'SUCCESS' ? snapshot : undefined;
    });
    await whenReady(search, () => search.indices.delete([index]));

    await search.snapshots.restore(repository, name, [index]);
    await recovered(index, isGreen);

    expect(await search.indices.describe([index])).toMatchObject([{ documents: 2 }]);
  });

  it.runIf(engine !== undefined)('brings every setting back but one that pins an index to a node', async () => {
    const repository = await newRepository();
    const index = await newIndex();
    const kept = {
      'index.blocks.read_only': true,
      'index.blocks.write': true,
      'index.routing.allocation.exclude.zone': 'z',
      'index.routing.allocation.total_shards_per_node': 7,
      'index.refresh_interval': '17s',
    };
    await engine?.().setSettings(index, { ...kept, 'index.routing.allocation.require._name': 'a node that is gone' });
    const { name } = await newSnapshot(repository, [index]);
    await engine?.().setSettings(index, { 'index.blocks.read_only': null });
    await whenReady(search, () => search.indices.delete([index]));

    await search.snapshots.restore(repository, name, [index]);
    await recovered(index, isGreen);

    const settings = JSON.stringify(await engine?.().settings(index));
    for (const [setting, value] of Object.entries(kept)) expect(settings).toContain(`"${setting}":"${value}"`);
    expect(settings).not.toContain('a node that is gone');
  });
});
