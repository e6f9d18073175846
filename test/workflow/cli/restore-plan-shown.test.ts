import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { EventSourceMapping } from '../../../shared/contracts/table-settings.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { World } from '../../support/world.ts';

const gb = 1e9;

/** A command line whose catalog holds a recovery point of so many tables, and of three indices. */
async function backedUp(tables: number): Promise<CommandLine> {
  const cli = new CommandLine(new World().addTables(tables).addIndices());
  await cli.world.backup();
  return cli;
}

describe('the plan of a restore of 1,000 tables', () => {
  it('begins with the sums, and ends soon at a terminal; it says how to see all', async () => {
    const cli = await backedUp(1_000);
    cli.isTerminal = true;

    const { stdout } = await cli.run('restore', 'app', '--dry-run');

    const lines = stdout.split('\n');
    expect(lines[1]).toMatch(/deletes and restores.* 1,000 tables: 1,000 items, .* now; 1,000 items, .* recorded$/);
    expect(lines.length).toBeLessThan(45);
    expect(stdout).toContain('  app-0019  replace: ');
    expect(stdout).not.toContain('  app-0020  replace: ');
    expect(stdout).toContain('and 980 more; all of them with --all, or with --json');
    expect(stdout).toMatch(/To confirm it: --plan-hash [0-9a-f]{64}\n$/);
  });

  it('is whole with --all, and wherever no terminal is', async () => {
    const cli = await backedUp(1_000);
    const piped = await cli.run('restore', 'app', '--dry-run');
    cli.isTerminal = true;

    const all = await cli.run('restore', 'app', '--dry-run', '--all');

    for (const { stdout } of [piped, all]) {
      expect(stdout).toContain('  app-0999  replace: ');
      expect(stdout).not.toContain(' more; all of them');
    }
  });
});

describe('the plan of a restore', () => {
  const planSchema = z.object({
    planHash: z.string(),
    plan: z.object({
      estimate: z.object({
        dollars: z.number(),
        cost: z.array(z.object({ what: z.string(), dollars: z.number() })),
        seconds: z.object({ from: z.number(), to: z.number() }),
        assumptions: z.array(z.string()),
      }),
    }),
  });

  it('shows what exists now beside what the recovery point holds, with sizes and ages', async () => {
    const cli = await backedUp(1);
    await cli.world.clock.sleep(3 * 86_400_000);
    cli.world.dynamo.write('app-0000', 'another', 'one');
    cli.world.search.changeIndex('app-products', { documents: 7, bytes: 5e6 });

    const { document } = await cli.run('restore', 'app', '--dry-run', '--json');
    const { stdout } = await cli.run('restore', 'app', '--dry-run');

    expect(document).toMatchObject({
      plan: {
        tables: [
          {
            target: 'app-0000',
            strategy: 'replace',
            current: { items: 2, createdAt: expect.any(String) },
            recorded: { items: 1, at: expect.any(String) },
            settings: { back: expect.arrayContaining(['tags', 'stream', 'deletionProtection']), not: [] },
          },
        ],
        indices: [
          {},
          {},
          { aliases: ['products'], current: { documents: 7, bytes: 5e6 }, recorded: { documents: 120 } },
        ],
      },
    });
    expect(stdout).toMatch(/ {2}app-0000 {2}replace: 2 items, .*made 3d .*ago -> 1 item, /);
  });

  it('has the same hash whatever is written meanwhile', async () => {
    const cli = await backedUp(1);
    const before = planSchema.parse((await cli.run('restore', 'app', '--dry-run', '--json')).document);
    await cli.world.clock.sleep(3_600_000);
    cli.world.dynamo.write('app-0000', 'another', 'one');
    cli.world.search.changeIndex('app-products', { documents: 7, bytes: 5e6 });

    const after = planSchema.parse((await cli.run('restore', 'app', '--dry-run', '--json')).document);

    expect(after.planHash).toBe(before.planHash);
  });

  it('says what cannot be put back, and what is triggered by its tables', async () => {
    const cli = new CommandLine(new World().addIndices());
    cli.world.dynamo.addTable({ name: 'app-old', tableClass: 'STANDARD_INFREQUENT_ACCESS', stream: 'KEYS_ONLY' });
    cli.world.readings.faults.fail('scaling.describe', new TandemError('SERVICE_NOT_OFFERED', 'No such service.'));
    await cli.world.backup();
    const streamArn = cli.world.dynamo.everything().tables[0]?.stream?.arn ?? '';
    const mapping = { uuid: 'mapping-1', functionArn: 'arn:indexer', streamArn, state: 'Enabled', configuration: {} };
    cli.world.triggers.push(mapping satisfies EventSourceMapping);

    const { stdout } = await cli.run('restore', 'app', '--dry-run');

    expect(stdout).toContain('  cannot put back scaling of app-old: not captured by the backup: No such service.');
    expect(stdout).toContain('  moves 1 trigger to the new streams');
  });

  it('costs by the size of what is restored, and takes longer for it', async () => {
    const cli = await backedUp(1);
    const small = planSchema.parse((await cli.run('restore', 'app', '--dry-run', '--json')).document);
    cli.world.search.changeIndex('app-products', { bytes: 400 * gb });
    await cli.world.clock.sleep(86_400_000);
    await cli.world.backup({}, { name: 'backup-2' });
    cli.world.search.configure({
      disks: {
        nodes: [{ totalBytes: 900 * gb, availableBytes: 450 * gb }],
        watermarks: { low: { usedShare: 0.85 }, high: { usedShare: 0.9 } },
      },
    });

    const large = planSchema.parse((await cli.run('restore', 'app', '--dry-run', '--json')).document);

    expect(large.plan.estimate.seconds.from).toBeGreaterThan(small.plan.estimate.seconds.from + 9_000);
    const [tables] = small.plan.estimate.cost;
    expect(tables?.what).toBe('DynamoDB: tables restored');
    const sum = small.plan.estimate.cost.reduce((total, { dollars }) => total + dollars, 0);
    expect(small.plan.estimate.dollars).toBeCloseTo(sum);
    expect(small.plan.estimate.assumptions.join()).toContain('an estimate, no promise');
  });
});
