import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/ports/snapshots.ts';
import { whenReady } from '../support/eventually.ts';
import { searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

/** So slow that a snapshot can be watched: some seconds for these documents. */
const slowSnapshots = { max_snapshot_bytes_per_sec: '8kb' };
const watchable = { documents: 60, primaries: 2 };

describe.each(searchSubjects)('snapshots: $name', (subject) => {
  const trial = searchTrial(subject);

  describe('a repository', () => {
    it('is registered, again and again, and tells its settings as they were given', async () => {
      const name = nameOf('repository');
      const definition = trial.search.newRepository();
      expect(await trial.search.snapshots.repository(name)).toBeUndefined();

      await trial.search.snapshots.register(name, definition);
      await trial.search.snapshots.register(name, definition);

      const { access_key: _key, secret_key: _secret, ...told } = definition.settings;
      expect(await trial.search.snapshots.repository(name)).toEqual({ type: definition.type, settings: told });
      await trial.search.snapshots.verify(name);
    });

    it('is one of all that are registered, until it is forgotten', async () => {
      const name = nameOf('repository');
      const definition = trial.search.newRepository();
      await trial.search.snapshots.register(name, definition);

      expect((await trial.search.snapshots.repositories())[name]).toMatchObject({ type: definition.type });
      await trial.search.snapshots.unregister(name);
      await trial.search.snapshots.unregister(name);

      expect(await trial.search.snapshots.repositories()).not.toHaveProperty(name);
    });

    it('that is read-only is verified without a trace, and takes no snapshot', async () => {
      const [writer, reader] = [nameOf('writer'), nameOf('reader')];
      const { type, settings } = trial.search.newRepository();
      await trial.search.snapshots.register(writer, { type, settings });
      const index = await trial.newIndex();
      const { name } = await trial.newSnapshot(writer, [index]);

      await trial.search.snapshots.register(reader, { type, settings: { ...settings, readonly: 'true' } });
      await trial.search.snapshots.verify(reader);

      expect((await trial.search.snapshots.repository(reader))?.settings.readonly).toBe('true');
      expect(await trial.search.snapshots.get(reader, name)).toMatchObject({ state: 'SUCCESS' });
      await expect(trial.search.snapshots.start(reader, nameOf('snapshot'), [index], {})).rejects.toMatchObject({
        code: 'REPOSITORY_CONFLICT',
      });
    });

    it('is not verified where nothing can be written', async () => {
      const name = nameOf('repository');
      await trial.search.snapshots.register(name, await trial.search.unwritableRepository(name));

      await expect(trial.search.snapshots.verify(name)).rejects.toMatchObject({ code: 'REPOSITORY_UNVERIFIED' });
    });

    it('that is not registered is missed', async () => {
      const [repository, name] = [nameOf('repository'), nameOf('snapshot')];
      const notFound = { code: 'REPOSITORY_NOT_FOUND' };

      await expect(trial.search.snapshots.verify(repository)).rejects.toMatchObject(notFound);
      await expect(trial.search.snapshots.get(repository, name)).rejects.toMatchObject(notFound);
      await expect(trial.search.snapshots.start(repository, name, [await trial.newIndex()], {})).rejects.toMatchObject(
        notFound,
      );
      await expect(trial.search.snapshots.restore(repository, name, ['a'])).rejects.toMatchObject(notFound);
      expect(await trial.search.snapshots.progress(repository, name)).toBeUndefined();
    });
  });

  it('tells all snapshots of a repository, and what is in one that has ended', async () => {
    const repository = await trial.newRepository();
    const [small, large] = [await trial.newIndex(), await trial.newIndex({ documents: 30, primaries: 2 })];
    expect(await trial.search.snapshots.list(repository)).toEqual([]);
    const first = await trial.newSnapshot(repository, [small]);
    const second = await trial.newSnapshot(repository, [small, large]);

    const listed = await trial.search.snapshots.list(repository);
    const contents = await trial.search.snapshots.contents(repository, second.name);

    // The newest first. The server's clock ticks every 200 ms: two of one tick come in any order.
    const byTime = (one: Snapshot, other: Snapshot) => other.startedAt.getTime() - one.startedAt.getTime();
    expect(listed).toEqual(listed.toSorted(byTime));
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining([first, second]));
    expect(second.version).toBe((await trial.search.indices.engine()).version);
    expect(contents.toSorted((a, b) => a.primaries - b.primaries)).toEqual([
      { name: small, primaries: 1, bytes: expect.any(Number) },
      { name: large, primaries: 2, bytes: expect.any(Number) },
    ]);
    const bytesOf = (index: string) => contents.find(({ name }) => name === index)?.bytes ?? 0;
    expect(bytesOf(large)).toBeGreaterThan(bytesOf(small));
    await expect(trial.search.snapshots.list(nameOf('nothing'))).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
    });
    await expect(trial.search.snapshots.contents(repository, nameOf('nothing'))).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    });
  });

  it('takes no second snapshot of a name, and none of an index that is gone', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex();
    const { name, uuid } = await trial.newSnapshot(repository, [index]);

    await expect(trial.search.snapshots.start(repository, name, [index], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
    await expect(
      trial.search.snapshots.start(repository, nameOf('snapshot'), [index, nameOf('gone')], {}),
    ).rejects.toMatchObject({ code: 'INDEX_VANISHED' });

    expect((await trial.search.snapshots.get(repository, name))?.uuid).toBe(uuid);
  });

  it('takes no snapshot of an index without a primary', async () => {
    const repository = await trial.newRepository();
    const red = nameOf('red');
    await trial.search.createRedIndex(red);

    await expect(trial.search.snapshots.start(repository, nameOf('snapshot'), [red], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_INCOMPLETE',
    });
  });

  it('never takes an empty list for all', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex();
    const { name } = await trial.newSnapshot(repository, [index]);
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await expect(trial.search.snapshots.start(repository, nameOf('snapshot'), [], {})).rejects.toMatchObject({
      code: 'INDICES_MATCH_NOTHING',
    });
    await expect(trial.search.snapshots.restore(repository, name, [])).rejects.toMatchObject({
      code: 'NOTHING_TO_RESTORE',
    });

    expect(await trial.search.indices.uuids([index])).toEqual(new Map());
  });

  it('tells of a snapshot while it runs, and what has to wait for it', async () => {
    const repository = await trial.newRepository(slowSnapshots);
    const index = await trial.newIndex(watchable);
    const name = nameOf('snapshot');
    const tooEarly = { code: 'NOT_READY' };

    await trial.search.snapshots.start(repository, name, [index], { run: 'a run' });

    expect(await trial.search.snapshots.running()).toContain(`${repository}/${name}`);
    expect(await trial.search.snapshots.get(repository, name)).toMatchObject({
      state: 'IN_PROGRESS',
      metadata: { run: 'a run' },
      completedAt: undefined,
      shards: { total: 0, failed: 0, successful: 0 },
    });
    const progress = await trial.search.snapshots.progress(repository, name);
    expect(progress).toEqual({ shardsDone: expect.any(Number), shardsTotal: 2, bytes: expect.any(Number) });
    expect(progress?.shardsDone).toBeLessThan(2);
    await expect(trial.search.snapshots.start(repository, name, [index], {})).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
    await expect(trial.search.indices.delete([index])).rejects.toMatchObject(tooEarly);
    await expect(trial.search.snapshots.register(repository, trial.search.newRepository())).rejects.toMatchObject(
      tooEarly,
    );
    await expect(trial.search.snapshots.restore(repository, name, [index])).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    });

    expect(await trial.ended(repository, name)).toMatchObject({ state: 'SUCCESS' });
    expect(await trial.search.snapshots.running()).not.toContain(`${repository}/${name}`);
    expect(await trial.search.snapshots.progress(repository, name)).toBeUndefined();
  });
});
