import { describe, expect, it } from 'vitest';
import { renamed, swapRename, templateRename } from '../../shared/core/index-names.ts';
import type { IndexRecovery } from '../../shared/ports/search-indices.ts';
import { eventually, whenReady } from '../support/eventually.ts';
import { searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

/** So slow that a restore can be watched: some seconds for these documents. */
const slowRestores = { max_restore_bytes_per_sec: '8kb' };
const watchable = { documents: 60, primaries: 2 };

const isGreen = ({ health }: IndexRecovery) => health === 'green';

describe.each(searchSubjects)('restores of indices: $name', (subject) => {
  const trial = searchTrial(subject);

  it('takes indices into a snapshot, and brings them back as they were', async () => {
    const repository = await trial.newRepository();
    const alias = nameOf('alias');
    const aliases = { [alias]: { filter: { term: { title: 'x' } }, is_write_index: true } };
    const names = [
      await trial.newIndex({ documents: 5, primaries: 2, aliases }, nameOf('ünï+%20')),
      await trial.newIndex({}, nameOf('.dot')),
    ].sort();
    const other = await trial.newIndex();
    const name = nameOf('snapshot');
    const before = await trial.search.indices.describe(names);

    await trial.search.snapshots.start(repository, name, names, { run: 'a run', plan: 'ünï' });
    const snapshot = await trial.ended(repository, name);

    expect(snapshot).toEqual({
      name,
      uuid: expect.stringMatching(/^[\w-]{10,}$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
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

    await whenReady(trial.search, () => trial.search.indices.delete(names));
    await trial.search.snapshots.restore(repository, name, names);
    const recoveries = await Promise.all(names.map((index) => trial.recovered(index, isGreen)));
    const after = await trial.search.indices.describe(names);

    expect(recoveries.map(({ primariesDone, initializing }) => [primariesDone, initializing])).toEqual(
      before.map(({ primaries }) => [primaries, false]),
    );
    expect(recoveries.map(({ madeFrom }) => madeFrom)).toEqual(names.map(() => ({ repository, snapshot: name })));
    expect(after.map(({ uuid: _, bytes: __, ...rest }) => rest)).toEqual(
      before.map(({ uuid: _, bytes: __, ...rest }) => rest),
    );
    expect(after.map(({ uuid }) => uuid)).not.toEqual(before.map(({ uuid }) => uuid));
    expect([...(await trial.search.indices.uuids([other])).keys()]).toEqual([other]);
  });

  it('knows no snapshot that was never taken', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex();

    expect(await trial.search.snapshots.get(repository, nameOf('snapshot'))).toBeUndefined();
    await expect(trial.search.snapshots.restore(repository, nameOf('snapshot'), [index])).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    });
  });

  it('restores nothing over what is there', async () => {
    const repository = await trial.newRepository();
    const alias = nameOf('alias');
    const [held, other] = [await trial.newIndex({ documents: 1, aliases: { [alias]: {} } }), await trial.newIndex()];
    const { name } = await trial.newSnapshot(repository, [held, other]);
    const inTheWay = { code: 'INDEX_IN_THE_WAY' };
    await whenReady(trial.search, () => trial.search.indices.delete([other]));

    await expect(trial.search.snapshots.restore(repository, name, [other, held])).rejects.toMatchObject(inTheWay);
    await trial.search.indices.delete([held]);
    await trial.search.createIndex(alias, {});
    await expect(trial.search.snapshots.restore(repository, name, [held])).rejects.toMatchObject(inTheWay);
    await trial.search.removeIndex(alias);
    const usurper = nameOf('usurper');
    await trial.search.createIndex(usurper, { aliases: { [held]: {} } });
    await expect(trial.search.snapshots.restore(repository, name, [held])).rejects.toMatchObject(inTheWay);

    expect([...(await trial.search.indices.uuids([held, other, usurper])).keys()]).toEqual([usurper]);
  });

  it('gives no alias a second write index', async () => {
    const repository = await trial.newRepository();
    const alias = nameOf('alias');
    const held = await trial.newIndex({ aliases: { [alias]: { is_write_index: true } } });
    const { name } = await trial.newSnapshot(repository, [held]);
    await whenReady(trial.search, () => trial.search.indices.delete([held]));
    const rolledOver = await trial.newIndex({ aliases: { [alias]: { is_write_index: true } } });

    await expect(trial.search.snapshots.restore(repository, name, [held])).rejects.toMatchObject({
      code: 'INDEX_IN_THE_WAY',
    });

    expect([...(await trial.search.indices.uuids([held, rolledOver])).keys()]).toEqual([rolledOver]);
  });

  it('restores nothing that the snapshot does not hold', async () => {
    const repository = await trial.newRepository();
    const [held, absent] = [await trial.newIndex(), await trial.newIndex()];
    const { name } = await trial.newSnapshot(repository, [held]);
    await whenReady(trial.search, () => trial.search.indices.delete([held, absent]));

    await expect(trial.search.snapshots.restore(repository, name, [held, absent])).rejects.toMatchObject({
      code: 'SNAPSHOT_CHANGED',
    });

    expect(await trial.search.indices.uuids([held, absent])).toEqual(new Map());
  });

  it('tells of a restore while it runs', async () => {
    const repository = await trial.newRepository(slowRestores);
    const index = await trial.newIndex(watchable);
    const { name } = await trial.newSnapshot(repository, [index]);
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await trial.search.snapshots.restore(repository, name, [index]);

    expect([...(await trial.search.indices.uuids([index])).keys()]).toEqual([index]);
    const [recovery] = await trial.search.indices.recovery([index]);
    expect(recovery).toMatchObject({ health: 'yellow' });
    expect(recovery?.primariesDone).toBeLessThan(2);
    expect(await trial.recovered(index, ({ initializing }) => initializing)).toMatchObject({ health: 'yellow' });
    expect(await trial.recovered(index, isGreen)).toMatchObject({ initializing: false, primariesDone: 2 });
    expect(await trial.search.indices.describe([index])).toMatchObject([{ documents: watchable.documents }]);
  });

  it('restores over a closed index, which stays the same one, with the aliases of then', async () => {
    const repository = await trial.newRepository();
    const [then, now] = [nameOf('then'), nameOf('now')];
    const index = await trial.newIndex({ documents: 2, primaries: 2, aliases: { [then]: {} } });
    const { name } = await trial.newSnapshot(repository, [index]);
    await trial.search.addDocuments(index, 3);
    await trial.search.indices.changeAliases([{ remove: { index, alias: then } }, { add: { index, alias: now } }]);
    const before = await trial.search.indices.uuids([index]);
    await whenReady(trial.search, () => trial.search.indices.close([index]));

    await trial.search.snapshots.restore(repository, name, [index]);
    await trial.recovered(index, isGreen);

    expect(await trial.search.indices.describe([index])).toMatchObject([{ open: true, documents: 2 }]);
    expect((await trial.search.indices.describe([index]))[0]?.aliases).toEqual({ [then]: {} });
    expect(await trial.search.indices.uuids([index])).toEqual(before);
    expect(await trial.search.indices.recovery([index])).toMatchObject([{ madeFrom: { repository, snapshot: name } }]);
  });

  it('restores over no index of another number of shards, and opens it again as it was', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex({ documents: 2, primaries: 2 });
    const { name } = await trial.newSnapshot(repository, [index]);
    await whenReady(trial.search, () => trial.search.indices.delete([index]));
    await trial.newIndex({ documents: 3, primaries: 1 }, index);
    await trial.search.indices.close([index]);

    await expect(trial.search.snapshots.restore(repository, name, [index])).rejects.toMatchObject({
      code: 'INDEX_IN_THE_WAY',
    });
    await trial.search.indices.open([index]);
    await trial.search.indices.open([index]);

    await trial.recovered(index, isGreen);
    expect(await trial.search.indices.describe([index])).toMatchObject([{ open: true, documents: 3, primaries: 1 }]);
  });

  it('restores under other names, beside what is there and without aliases', async () => {
    const repository = await trial.newRepository();
    const alias = nameOf('alias');
    const first = await trial.newIndex({ documents: 2, aliases: { [alias]: {} } }, nameOf('ünï$1+%20'));
    const second = await trial.newIndex({ documents: 1 }, `${nameOf('second')}-swap-0a1b2c3d`);
    const { name } = await trial.newSnapshot(repository, [first, second]);
    for (const rename of [swapRename([name], name), templateRename(`a$b-{name}2-${nameOf('x')}`)]) {
      const targets = [first, second].map((index) => renamed(index, rename));

      await trial.search.snapshots.restore(repository, name, [first, second], rename);
      for (const target of targets) await trial.recovered(target, isGreen);

      const described = await trial.search.indices.describe(targets);
      expect(described.map((one) => [one.name, one.documents, one.aliases]).sort()).toEqual(
        [
          [targets[0], 2, {}],
          [targets[1], 1, {}],
        ].sort(),
      );
    }
    expect((await trial.search.indices.aliases()).get(alias)).toEqual([first]);
  });

  it('restores without replicas, of which an index is given some afterwards', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex({ documents: 2, replicas: 1 });
    const { name } = await trial.newSnapshot(repository, [index]);
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await trial.search.snapshots.restore(repository, name, [index], undefined, { withoutReplicas: true });
    // With the replica that finds no room on one node it would stay yellow.
    await trial.recovered(index, isGreen);
    expect(await trial.search.indices.describe([index])).toMatchObject([{ replicas: 0, documents: 2 }]);
    await trial.search.indices.setReplicas([index], 1);

    expect(await trial.search.indices.describe([index])).toMatchObject([{ replicas: 1, documents: 2 }]);
    await expect(trial.search.indices.setReplicas([nameOf('absent')], 1)).rejects.toMatchObject({
      code: 'INDEX_VANISHED',
    });
  });

  it('brings a closed index back open, and closes it again', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex({ documents: 2, primaries: 2 });
    await trial.search.indices.close([index]);
    const { name } = await eventually(trial.search, async () => {
      const snapshot = await trial.newSnapshot(repository, [index]);
      return snapshot.state === 'SUCCESS' ? snapshot : undefined;
    });
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await trial.search.snapshots.restore(repository, name, [index]);
    await trial.recovered(index, isGreen);
    expect(await trial.search.indices.describe([index])).toMatchObject([{ open: true, documents: 2 }]);

    await whenReady(trial.search, () => trial.search.indices.close([index]));
    await trial.search.indices.close([index]);

    expect(await trial.recovered(index, isGreen)).toMatchObject({
      open: false,
      primariesDone: 2,
      madeFrom: undefined,
    });
    expect(await trial.search.indices.describe([index])).toMatchObject([{ open: false, documents: null }]);
  });
});
