import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { healthyDeployment, plannedSettings } from '../support/healthy-deployment.ts';
import { catalog, World } from '../support/world.ts';

describe('at its start a backup', () => {
  it('is refused, and nothing is started, where its repository has a second writer', async () => {
    const world = new World().addTables(1).addIndices();
    await world.search.snapshots.register('second', { type: 's3', settings: plannedSettings() });

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

  it('warns of a restore that was killed, which may have left half of what there was', async () => {
    const world = new World().addTables(2).addIndices();
    await world.backup();
    await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo', killAfterTasks: 2 });
    await world.clock.sleep(60_000);

    expect((await world.backup()).failure).toBeUndefined();

    const [{ warnings } = { warnings: [] }] = await world.recoveryPoints();
    expect(warnings).toEqual([expect.stringMatching(/^RESTORE_ENDED: Restore undo has begun at .* and not ended/)]);
  });

  it('goes on where what a restore wrote down is not understood', async () => {
    const world = new World().addTables(1).addIndices();
    await world.buckets.open(catalog).create('ledgers/app/restore-in-progress.json', '{}');

    expect((await world.backup()).failure).toBeUndefined();
  });

  it('whose recovery point has a warning tells it to whoever made it, and the doctor tells it in the morning', async () => {
    const cli = await healthyDeployment();
    cli.world.search.addIndex('shop');
    cli.world.search.breakIndex('shop', 'the node is gone');

    expect((await cli.run('backup', 'app')).stdout).toContain('warning: CLUSTER_HEALTH');

    expect((await cli.run('doctor', 'app')).stdout).toMatch(
      /RECOVERY_POINT_AGE .* old; its run warned: CLUSTER_HEALTH/,
    );
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
