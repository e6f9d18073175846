import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CommandLine } from '../../support/command-line.ts';

const answerSchema = z.object({ planHash: z.string() });

/** A command line whose catalog holds a recovery point, and whose tables and indices were damaged since. */
async function damaged(): Promise<CommandLine> {
  const cli = new CommandLine();
  await cli.world.backup();
  cli.world.dynamo.write('app-0000', 'item', undefined);
  cli.world.search.removeIndex('app-orders');
  return cli;
}

function isDamaged({ world }: CommandLine): boolean {
  return world.dynamo.items('app-0000').size === 0;
}

describe('tandem restore', () => {
  it('shows what it would do, and does that where its hash is given', async () => {
    const cli = await damaged();

    const planned = await cli.run('restore', 'app', '--local', '--dry-run', '--json');

    expect(planned.code).toBe(0);
    expect(planned.document).toMatchObject({
      recoveryPoint: 'backup-1',
      strategy: 'replace',
      state: 'PLANNED',
      plan: { plan: 'app', recoveryPoint: 'backup-1', kept: { tables: [], indices: [] } },
      safetyPoint: null,
      tables: [
        { name: 'app-0000', action: 'replace' },
        { name: 'app-0001', action: 'replace' },
      ],
      indices: [
        { name: 'app-empty', action: 'replace' },
        { name: 'app-orders', action: 'create' },
        { name: 'app-products', action: 'replace' },
      ],
      differences: [],
    });
    expect(isDamaged(cli)).toBe(true);
    const { planHash } = answerSchema.parse(planned.document);

    const restored = await cli.run('restore', 'app', '--local', '--plan-hash', planHash, '--json');

    expect(restored.code).toBe(0);
    expect(restored.document).toMatchObject({
      recoveryPoint: 'backup-1',
      state: 'COMPLETE',
      planHash,
      tables: [
        { name: 'app-0000', action: 'replace', items: 1 },
        { name: 'app-0001', action: 'replace', items: 1 },
      ],
      indices: [
        { name: 'app-empty', action: 'replace', documents: 0, health: 'green' },
        { name: 'app-orders', action: 'create', documents: 80, health: 'green' },
        { name: 'app-products', action: 'replace', documents: 120, health: 'green' },
      ],
      differences: [],
    });
    expect(isDamaged(cli)).toBe(false);
  });

  it('tells a person what it would do, and what is back', async () => {
    const cli = await damaged();

    const planned = await cli.run('restore', 'app', '--dry-run');
    const restored = await cli.run('restore', 'app', '--yes');

    expect(planned.stdout.split('\n')).toEqual([
      'The restore of recovery point backup-1 (strategy replace):',
      '  deletes and restores 2 tables: 1 item, 14 B now; 2 items, 28 B recorded',
      '  deletes and restores 2 indices: 120 documents, 12.4 kB now; 120 documents, 12.4 kB recorded',
      '  restores 1 index: 80 documents, 8.21 kB recorded',
      '  takes off the deletion protection of app-0000, app-0001 for it',
      expect.stringMatching(/^ {2}puts back settings of 2 tables: tags, tableClass, stream, .*, deletionProtection$/),
      '  moves 2 triggers to the new streams',
      expect.stringMatching(
        /^ {2}pauses meanwhile, and puts back as it is now: the trigger of .* on table app-0000, the trigger of /,
      ),
      '  takes a safety point first: 2 tables, 2 indices as they are; the absence of app-orders',
      expect.stringMatching(/^ {2}takes about .+: tables .+ to .+, indices .+ to .+ at the same time$/),
      expect.stringMatching(/^ {2}costs about \$[\d.]+: (.+ \$[\d.]+; ){3}the rest \$[\d.]+$/),
      '    an estimate, no promise: prices of us-east-1, without taxes and discounts',
      expect.stringMatching(/^ {4}a table takes 80 to 720 s/),
      expect.stringMatching(/^ {4}an index comes back at 13 to 40 MB a second/),
      '    the safety point is kept for one month',
      'Tables',
      '  app-0000  replace: 0 items, 0 B, made 30s ago -> 1 item, 14 B of 2030-01-02 03:04; 1 trigger',
      '  app-0001  replace: 1 item, 14 B, made 30s ago -> 1 item, 14 B of 2030-01-02 03:04; 1 trigger',
      'Indices',
      '  app-empty  replace: 0 documents, 208 B, made 30s ago -> 0 documents, 208 B of 2030-01-02 03:04',
      '  app-orders  create: not there -> 80 documents, 8.21 kB of 2030-01-02 03:04',
      '  app-products  replace: 120 documents, 12.2 kB, made 30s ago -> 120 documents, 12.2 kB of 2030-01-02 03:04; alias products',
      expect.stringMatching(/^To confirm it: --plan-hash [0-9a-f]{64}$/),
      '',
    ]);
    expect(planned.stderr).not.toContain('0 of 2');
    expect(restored.stdout).toMatch(/^Recovery point backup-1 is back, and is as its manifest says, after .+\.\n/);
    expect(restored.stdout).toContain(
      '  2 tables, 2 items as DynamoDB had counted them hours before the backup; --count counts them\n  3 indices, 200 documents\n',
    );
    expect(restored.stdout).toMatch(
      / is safety point (\S+-safety)\. To undo this restore: npx tandem restore app --point=\1 --yes --config=\S+\n$/,
    );
  });

  it('names no command that goes on where only a look at the new plan, or another recovery point, helps', async () => {
    const cli = await damaged();
    await cli.world.restore({ dryRun: true }, { name: 'look' });
    cli.world.search.removeIndex('app-products');
    const changed = await cli.run('restore', 'app', '--run', 'look', '--yes', '--json');
    await cli.world.failedOnceBegun('index-restore');
    cli.world.search.deleteSnapshot('tandem', 'tandem-backup-1');
    const lost = await cli.run('restore', 'app', '--run', 'undo', '--yes', '--json');

    expect([changed.code, lost.code]).toEqual([3, 4]);
    expect(changed.document).toMatchObject({ carryOn: null, error: { code: 'PLAN_CHANGED' } });
    expect(lost.document).toMatchObject({ carryOn: null, error: { code: 'SOURCE_LOST' } });
  });

  it.for([
    ['--tables', ''],
    ['--indices', 'app-*', ''],
  ])('takes no empty word for a name: %s', async (words) => {
    const cli = await damaged();

    const { code, document } = await cli.run('restore', 'app', '--yes', '--json', ...words);

    expect([code, document]).toEqual([2, { error: expect.objectContaining({ code: 'USAGE' }) }]);
    expect(cli.world.alerts.published).toEqual([]);
    expect(isDamaged(cli)).toBe(true);
  });

  it('restores only what is named', async () => {
    const cli = await damaged();

    const { code, document } = await cli.run('restore', 'app', '--yes', '--json', '--tables', 'app-0000', 'app-*1');

    expect(code).toBe(0);
    expect(document).toMatchObject({ tables: [{ name: 'app-0000' }, { name: 'app-0001' }], indices: [] });
  });

  it('lists each difference, and exits with 5, where the restored state is not as the manifest says', async () => {
    const cli = await damaged();
    const restoring = cli.run('restore', 'app', '--yes', '--json');
    await cli.started;
    // Somebody writes into an index that is back already.
    await cli.world.clock.sleep(60_000);
    cli.world.search.changeIndex('app-products', { documents: 3 });

    const { code, document } = await restoring;

    expect(code).toBe(5);
    expect(document).toMatchObject({
      recoveryPoint: 'backup-1',
      state: 'DIFFERENT',
      differences: [{ kind: 'index', name: 'app-products', expected: '120', found: '3' }],
      error: { code: 'DIFFERENCES_FOUND', name: 'VerificationFailedError' },
    });
  });

  it('carries on with a run that failed, as it was confirmed', async () => {
    const cli = await damaged();
    cli.world.search.spoilNextRestore('app-orders', 'disk full');

    const failed = await cli.run('restore', 'app', '--yes', '--json');

    expect(failed.code).toBe(4);
    const { carryOn } = z.object({ carryOn: z.string() }).parse(failed.document);
    const command = /^npx tandem (?<words>restore app --run=\S+ --plan-hash=\S+) --config=/.exec(carryOn)?.groups
      ?.words;

    const again = await cli.run(...(command ?? '').split(' '), '--json');

    expect(again).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
  });
});

describe('a restore that is not confirmed', () => {
  it.each([['--json'], ['--local', '--json']])(
    'is refused without a terminal, before anything is started (%s)',
    async (...where) => {
      const cli = await damaged();

      const { code, document } = await cli.run('restore', 'app', ...where);

      expect(code).toBe(3);
      expect(document).toMatchObject({ error: { name: 'GuardRefusedError', code: 'NOT_CONFIRMED' } });
      expect(cli.executions.started).toEqual([]);
      expect(isDamaged(cli)).toBe(true);
    },
  );

  it('is done once somebody has seen the plan and typed its name', async () => {
    const cli = await damaged();
    cli.isTerminal = true;
    cli.keyboard.write('ap\r');
    cli.keyboard.write('p\r');

    const { code, stderr } = await cli.run('restore', 'app');

    expect(code).toBe(0);
    expect(stderr.indexOf('deletes and restores')).toBeLessThan(stderr.indexOf('Type app to do this.'));
    expect(stderr).toContain('That is not "app".');
    const [planned, restored] = cli.executions.started.map(({ input }) => JSON.parse(input));
    expect(planned).toMatchObject({ dryRun: true });
    expect(restored).toEqual({ plan: 'app', point: 'latest', planHash: expect.any(String) });
    expect(isDamaged(cli)).toBe(false);
  });

  it('is not done where somebody presses Ctrl-C instead', async () => {
    const cli = await damaged();
    cli.isTerminal = true;
    cli.keyboard.write('\u0003');

    const { code, stderr } = await cli.run('restore', 'app');

    expect(code).toBe(3);
    expect(stderr).toContain('Nothing was touched');
    expect(cli.executions.started).toHaveLength(1);
    expect(isDamaged(cli)).toBe(true);
  });

  it('is refused where something else would be done than was confirmed', async () => {
    const cli = await damaged();

    const { code, document } = await cli.run('restore', 'app', '--json', '--plan-hash', '0'.repeat(64));

    expect(code).toBe(3);
    expect(document).toMatchObject({ carryOn: null, error: { code: 'PLAN_CHANGED' } });
    expect(isDamaged(cli)).toBe(true);
  });

  it('is refused where the recovery point does not exist', async () => {
    const cli = await damaged();

    expect(await cli.run('restore', 'app', '--yes', '--json', '--point', 'nothing')).toMatchObject({
      code: 3,
      document: { error: { code: 'RECOVERY_POINT_NOT_FOUND' } },
    });
  });

  it.each([
    ['--yes', '--dry-run'],
    ['--yes', '--plan-hash', 'abc'],
    ['--plan-hash', 'abc', '--dry-run'],
    ['--run', 'x', '--point', 'latest'],
    ['--run', 'x', '--tables', 'a'],
    ['--run', 'x', '--dry-run'],
    ['--strategy', 'nonsense'],
    ['--tables'],
  ])('is wrong usage where the options contradict each other: %s %s %s', async (...options) => {
    const cli = await damaged();

    const { code, document } = await cli.run('restore', 'app', '--json', ...options);

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'USAGE' } });
    expect(cli.executions.started).toEqual([]);
  });
});
