import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import { CommandLine } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { type ShownCommand, shownCommands } from '../../support/shown-commands.ts';
import { catalog, usualSearch, World } from '../../support/world.ts';

const plans = {
  shop: { tables: { include: ['shop-*'] }, search: { ...usualSearch, indices: { include: ['shop-*'] } } },
};

/** The application of the runbook, backed up and then damaged. */
async function damagedShop(): Promise<CommandLine> {
  const world = new World();
  world.planFile = stringify({ version: 1, catalog: { bucket: catalog }, plans });
  world.dynamo.addTable({ name: 'shop-orders', deletionProtection: true }, { one: 'order', another: 'order' });
  world.dynamo.addTable({ name: 'shop-products' }, { one: 'product' });
  world.search.addIndex('shop-orders', { documents: 2, aliases: { orders: {} } });
  world.search.addIndex('shop-products', { documents: 1 });
  const cli = new CommandLine(world);
  expect((await world.backup({ plan: 'shop' })).status).toBe('SUCCEEDED');
  damage(world);
  return cli;
}

function damage({ dynamo, search }: World): void {
  dynamo.write('shop-orders', 'one', undefined);
  dynamo.removeTable('shop-products');
  search.changeIndex('shop-orders', { documents: 1, aliases: {} });
}

const everything = ({ world }: CommandLine) => {
  const { tables, indices } = world.application();
  return JSON.stringify([
    tables.map(({ name, items }) => [name, Object.fromEntries(items)]),
    indices.map(({ name, documents, aliases }) => [name, documents, aliases]),
  ]);
};

const planned = z.object({ planHash: z.string() });

/**
 * The runbook is done from its first line to its last, with what a command said in place of what stands there for it: the
 * recovery point, the run of the last restore, the hash of the last plan.
 */
describe('docs/runbook.md, from its first line to its last', () => {
  let cli: CommandLine;
  let shown: ShownCommand[];
  const states = new Map<string, string>();
  const executed = new Set<string>();
  let [point, run, hash] = ['', '', ''];

  beforeAll(async () => {
    cli = await damagedShop();
    shown = await shownCommands('docs/runbook.md');
    point = (await cli.world.recoveryPoints())[0]?.recoveryPoint ?? '';
    states.set('damaged', everything(cli));
  });

  async function execute(shownLine: string) {
    const command = shown.find(({ line }) => line === shownLine);
    if (command === undefined) throw new Error(`docs/runbook.md shows no ${shownLine}`);
    executed.add(shownLine);
    const out = join(await temporaryFolder(), 'restore.html');
    const words = command.words.slice(2).map((word) =>
      word
        .replace(/^restore-shop-\d{8}-\d{6}-[0-9a-f]{6}/, run)
        .replace(/^shop-\d{8}-\d{6}-[0-9a-f]{6}$/, point)
        .replace(/^[0-9a-f]{64}$/, hash)
        .replace(/^restore\.html$/, out),
    );
    const ended = await cli.run(...words, '--json');
    const { data } = planned.safeParse(ended.document);
    hash = data?.planHash ?? hash;
    if (words[0] === 'restore' && !words.includes('--dry-run')) run = cli.executions.started.at(-1)?.name ?? '';
    return ended;
  }

  const restored = 'npx tandem restore shop --point shop-20261128-020000-1caebe';
  const undone = 'npx tandem restore shop --point restore-shop-20261128-031500-71063c-safety';

  it('finds the recovery point, and shows what would be done, which touches nothing', async () => {
    expect(await execute('npx tandem list shop')).toMatchObject({ code: 0, document: [{ recoveryPoint: point }] });
    const show = await execute('npx tandem show shop --point shop-20261128-020000-1caebe');
    expect(show).toMatchObject({ code: 0, document: { recoveryPoint: point } });
    expect(await execute(`${restored} --dry-run`)).toMatchObject({ code: 0, document: { state: 'PLANNED' } });
    expect(everything(cli)).toBe(states.get('damaged'));
  });

  it('does exactly that, can be watched, and is reported', async () => {
    const confirmed = shown.find(({ line }) => line.includes('--plan-hash'))?.line ?? '';
    const restore = await execute(confirmed);
    expect(restore).toMatchObject({ code: 0, document: { state: 'COMPLETE', differences: [] } });
    states.set('restored', everything(cli));
    expect(everything(cli)).not.toBe(states.get('damaged'));

    const watch = await execute('npx tandem watch restore-shop-20261128-031500-71063c');
    expect(watch).toMatchObject({ code: 0, document: restore.document });
    const report = await execute('npx tandem report restore-shop-20261128-031500-71063c --out restore.html');
    expect(report).toMatchObject({ code: 0, document: { run, state: 'COMPLETE' } });
  });

  it('carries on where it failed half-way', async () => {
    damage(cli.world);
    const damagedAgain = everything(cli);
    cli.world.search.spoilNextRestore('shop-orders', 'disk full');
    expect((await cli.run('restore', 'shop', '--point', point, '--yes', '--json')).code).toBe(4);
    run = cli.executions.started.at(-1)?.name ?? '';
    const failed = run;

    const line = 'npx tandem restore shop --run restore-shop-20261128-031500-71063c --yes';
    expect(await execute(line)).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
    expect(everything(cli)).toBe(states.get('restored'));
    states.set('damaged', damagedAgain);
    run = failed;
    cli.setUpAccount.functions.set('tandem-prod-resumeLeftWriters', {
      role: 'arn:aws:iam::111122223333:role/restore',
      answer: (input) => cli.world.resumeLeft(input),
    });
    const resume = 'npx tandem restore shop --resume-writers restore-shop-20261128-031500-71063c';
    expect(await execute(resume)).toMatchObject({ code: 0 });
    run = failed;
  });

  it('brings a part back alone', async () => {
    const parts = [
      ['--tables shop-orders', 1, 0],
      ["--indices 'shop-*'", 0, 2],
      ['--tables shop-orders --indices shop-orders', 1, 1],
    ] as const;
    for (const [options, tables, indices] of parts) {
      const { code, document } = await execute(`${restored} ${options} --dry-run`);
      expect({ options, code }).toEqual({ options, code: 0 });
      expect([Object(document).tables.length, Object(document).indices.length]).toEqual([tables, indices]);
    }
  });

  it('undoes the restore, what was not there before included', async () => {
    expect(await execute(`${undone} --dry-run`)).toMatchObject({ code: 0, document: { state: 'PLANNED' } });

    expect(await execute(`${undone} --yes`)).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
    expect(everything(cli)).toBe(states.get('damaged'));
  });

  it('undoes a restore that was killed', async () => {
    const before = everything(cli);
    run = 'restore-shop-20261128-040000-71063c';
    const killed = await cli.world.restore({ plan: 'shop', point, confirmed: true }, { name: run, killAfterTasks: 22 });
    expect(killed.status).toBe('KILLED');
    expect(everything(cli)).not.toBe(before);

    const line = `${undone} --take-over restore-shop-20261128-031500-71063c --yes`;
    expect(await execute(line)).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
    expect(everything(cli)).toBe(before);
  });

  it('takes a recovery point of what is there in the end, and has no other command than these', async () => {
    // Of what the undo has removed there is nothing to back up.
    cli.world.dynamo.addTable({ name: 'shop-products' }, { one: 'product' });
    expect(await execute('npx tandem backup shop')).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
    const lines = shown.filter(({ words }) => words[1] === 'tandem').map(({ line }) => line);
    expect(lines.filter((line) => !executed.has(line))).toEqual([]);
  });
});
