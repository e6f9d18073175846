import { describe, expect, it } from 'vitest';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { catalog } from '../../support/world.ts';

/** A command line whose catalog holds two recovery points of one plan and one of another, made in this order. */
async function withRecoveryPoints(): Promise<CommandLine> {
  const cli = new CommandLine();
  await cli.world.backup();
  await cli.world.backup({ plan: 'other' });
  await cli.world.backup();
  return cli;
}

function damage(cli: CommandLine, recoveryPoint: string): void {
  cli.world.buckets.tamper(catalog, `recovery-points/app/${recoveryPoint}/manifest.json`, '{"schemaVersion":1}');
}

describe('tandem list', () => {
  it('lists the recovery points of all plans, the newest first', async () => {
    const cli = await withRecoveryPoints();
    const [newest] = await cli.world.recoveryPoints();

    const { code, document } = await cli.run('list', '--json');

    expect(code).toBe(0);
    expect(document).toEqual([
      {
        recoveryPoint: 'backup-3',
        plan: 'app',
        state: 'COMPLETE',
        createdAt: newest?.completedAt,
        tables: 2,
        indices: 3,
        bytes: 20_652,
      },
      expect.objectContaining({ recoveryPoint: 'backup-2', plan: 'other', indices: 0, bytes: 28 }),
      expect.objectContaining({ recoveryPoint: 'backup-1', plan: 'app' }),
    ]);
  });

  it('lists those of one plan', async () => {
    const { document } = await (await withRecoveryPoints()).run('list', 'other', '--json');

    expect(document).toMatchObject([{ recoveryPoint: 'backup-2' }]);
  });

  it('lists a damaged recovery point, and tells nothing of what it says', async () => {
    const cli = await withRecoveryPoints();
    damage(cli, 'backup-1');

    const { code, document } = await cli.run('list', 'app', '--json');
    const { stdout } = await cli.run('list', 'app');

    expect(code).toBe(0);
    expect(document).toContainEqual({
      recoveryPoint: 'backup-1',
      plan: 'app',
      state: 'DAMAGED',
      createdAt: null,
      tables: null,
      indices: null,
      bytes: null,
    });
    expect(stdout).toMatch(/│ backup-1 +│ app +│ DAMAGED +│/);
    expect(stdout).toContain('damaged: The manifest of backup-1 ');
  });

  it('shows a person a table', async () => {
    const { stdout } = await (await withRecoveryPoints()).run('list', 'other');

    expect(stdout).toMatch(/│ backup-2 +│ other +│ COMPLETE +│ 2030-01-02 03:0\d:\d\d +│ +2 +│ +0 +│ +28 B +│/);
  });

  it('says that there is none yet', async () => {
    const cli = new CommandLine();

    expect(await cli.run('list', '--json')).toMatchObject({ code: 0, document: [] });
    expect((await cli.run('list')).stdout).toContain('no recovery point yet');
  });
});

describe.each(['list', 'show'])('tandem %s, which has no run that could fail', (command) => {
  it.each([
    ['ACCESS_DENIED', 2],
    ['CATALOG_MISSING', 2],
    ['THROTTLED', 1],
    ['SERVICE_UNAVAILABLE', 1],
    ['PROVIDER_FAILURE', 1],
  ] as const)('ends after %s with exit code %i', async (code, exitCode) => {
    const cli = new CommandLine();
    cli.world.buckets.faults.fail('objects.list', new TandemError(code, 'No.'));

    expect(await cli.run(command, 'app', '--json')).toMatchObject({ code: exitCode, document: { error: { code } } });
  });
});

describe('tandem show', () => {
  it('answers with the manifest of the newest recovery point, or of the one that is named', async () => {
    const cli = await withRecoveryPoints();
    const manifests = await cli.world.recoveryPoints();

    expect((await cli.run('show', 'app', '--json')).document).toEqual(manifests[0]);
    expect((await cli.run('show', 'app', '--point', 'backup-1', '--json')).document).toEqual(manifests[2]);
  });

  it('tells a person what it holds', async () => {
    const { stdout } = await (await withRecoveryPoints()).run('show', 'app');

    expect(stdout).toContain('Recovery point backup-3 of plan app\n');
    expect(stdout).toContain('  app-0000  1 item, 14 B\n');
    expect(stdout).toContain('  app-products  120 documents, 12.2 kB, alias products\n');
  });

  it.each([
    ['nothing', 'RECOVERY_POINT_NOT_FOUND'],
    ['backup-2', 'RECOVERY_POINT_OF_ANOTHER_PLAN'],
    ['backup-1', 'RECOVERY_POINT_CHANGED'],
  ])('is refused: recovery point %s, %s', async (point, code) => {
    const cli = await withRecoveryPoints();
    damage(cli, 'backup-1');

    const ended = await cli.run('show', 'app', '--point', point, '--json');

    expect(ended).toMatchObject({ code: 3, document: { error: { name: 'GuardRefusedError', code } } });
  });
});
