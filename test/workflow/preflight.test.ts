import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { World } from '../support/world.ts';

const repository = {
  name: 'tandem',
  bucket: 'snapshots',
  basePath: 'app',
  roleArn: 'arn:aws:iam::111122223333:role/snapshots',
};

const settings = {
  bucket: repository.bucket,
  base_path: repository.basePath,
  region: 'eu-west-1',
  role_arn: repository.roleArn,
};

describe('at its start a backup', () => {
  it('is refused, and nothing is started, where its repository has a second writer', async () => {
    const world = new World().addTables(1).addIndices();
    await world.search.snapshots.register('second', { type: 's3', settings });

    const { failure } = await world.backup();

    expect(failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining('[CHECK_FAILED] PlanBackup: REPOSITORY_ONE_WRITER'),
    });
    expect(world.dynamo.everything().backups).toEqual([]);
    expect(world.alerts.published).toHaveLength(1);
  });

  it('goes on where the cluster is red by an index that is none of its own, and the recovery point says so', async () => {
    const world = new World().addTables(1).addIndices();
    world.search.addIndex('shop');
    world.search.breakIndex('shop', 'the node is gone');

    expect((await world.backup()).failure).toBeUndefined();

    const [manifest] = await world.recoveryPoints();
    expect(manifest?.warnings).toEqual([expect.stringMatching(/^CLUSTER_HEALTH: The cluster is red: 1 shards/)]);
  });

  it('goes on, without a warning, where the domain does not let it look', async () => {
    const world = new World().addTables(1).addIndices();
    for (const operation of ['cluster.health', 'snapshots.repositories'] as const) {
      world.search.faults.fail(operation, new TandemError('SEARCH_UNAUTHORIZED', 'no permissions'), { times: 9 });
    }

    expect((await world.backup()).failure).toBeUndefined();

    expect((await world.recoveryPoints())[0]?.warnings).toEqual([]);
  });

  it('asks no more than twice for it', async () => {
    const world = new World().addTables(1).addIndices();

    await world.backup();

    const asked = world.search.faults.calls.map(({ operation }) => operation);
    const looks = asked.filter(
      (operation) => operation.startsWith('cluster.') || operation === 'snapshots.repositories',
    );
    expect(looks).toEqual(['snapshots.repositories', 'cluster.health']);
  });
});

describe('before a restore', () => {
  it('nothing is touched where the cluster takes no more shards', async () => {
    const world = await new World().damaged();
    world.search.configure({ shardsPerNode: 6 });
    const before = await world.everything();

    const { failure } = await world.restore();

    expect(failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining(
        '[CHECK_FAILED] PlanRestore: SHARD_LIMIT: The restore makes 2 shards beside the 5',
      ),
    });
    expect(await world.everything()).toEqual(before);
  });

  it('the shards of what is replaced do not count twice', async () => {
    const world = await new World().damaged();
    world.search.configure({ shardsPerNode: 7 });

    expect((await world.restore()).failure).toBeUndefined();
  });

  it('nothing is asked where all indices are there still', async () => {
    const world = new World().addTables(1).addIndices();
    await world.backup();
    world.forgetCalls();

    expect((await world.restore()).failure).toBeUndefined();

    expect(world.search.faults.calls.filter(({ operation }) => operation.startsWith('cluster.'))).toEqual([]);
  });
});
