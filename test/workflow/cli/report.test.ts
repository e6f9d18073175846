import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CommandLine } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { World } from '../../support/world.ts';

/** A page, read as a browser does, which forgives nothing here. */
function readPage(text: string): Tree.Document {
  const errors: string[] = [];
  const document = parse(text, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  return document;
}

function* nodesOf(node: Tree.Node): Generator<Tree.Node> {
  yield node;
  for (const child of 'childNodes' in node ? node.childNodes : []) yield* nodesOf(child);
}

function elements(node: Tree.Node, tag?: string): Tree.Element[] {
  return [...nodesOf(node)]
    .filter((each) => 'tagName' in each)
    .filter((each) => tag === undefined || each.tagName === tag);
}

function textOf(node: Tree.Node): string {
  return [...nodesOf(node)].map((each) => ('value' in each ? each.value : '')).join('');
}

function byId(page: Tree.Node, id: string): Tree.Element | undefined {
  return elements(page).find(({ attrs }) => attrs.some(({ name, value }) => name === 'id' && value === id));
}

/** The cells of a table, row by row, without its head. */
function rows(page: Tree.Node, id: string): string[][] {
  const table = byId(page, id);
  if (table === undefined) return [];
  return elements(table, 'tr')
    .map((row) => elements(row, 'td').map(textOf))
    .filter((cells) => cells.length > 0);
}

const answerSchema = z.looseObject({ timeline: z.array(z.unknown()) });

async function report(cli: CommandLine, run: string) {
  const out = join(await temporaryFolder(), 'report.html');
  const { code, document, stderr } = await cli.run('report', run, '--out', out, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { answer: answerSchema.parse(document), page: readPage(await readFile(out, 'utf8')) };
}

/** A damaged application whose restore has ended as it may, and the run of that. */
async function restored(damage: (world: World) => void = () => {}, ...options: string[]) {
  const cli = new CommandLine(await new World().damaged());
  damage(cli.world);
  const { document } = await cli.run('restore', 'app', '--yes', '--json', ...options);
  return { cli, document: Object(document), run: cli.executions.started.at(-1)?.name ?? '' };
}

describe('tandem report', () => {
  it('tells in one page what a restore has done, on both sides, and how to undo it', async () => {
    const { cli, document, run } = await restored();

    const { page, answer } = await report(cli, run);

    expect(textOf(page)).toContain('Identical to what was backed up');
    expect(textOf(byId(page, 'undo') ?? page)).toBe(answer.undo);
    expect(answer.undo).toContain(`--point=${document.safetyPoint}`);
    expect(rows(page, 'tables').map(([name, action]) => [name, action])).toEqual([
      ['app-0000', 'replace'],
      ['app-0001', 'replace'],
      ['app-0002', 'create'],
    ]);
    expect(rows(page, 'indices')).toContainEqual([
      ...[
        'app-products',
        'replace',
        '3 documents, 12.2 kB',
        '120 documents, 12.2 kB',
        '120 documents, green',
        'products',
      ],
    ]);
    expect(rows(page, 'differences')).toEqual([]);
  });

  it('has a timeline in which nothing ends before it begins, and everything within the restore', async () => {
    const { cli, run } = await restored();

    const { page, answer } = await report(cli, run);

    const found = rows(page, 'timeline').map(([side, what]) => `${side}: ${what}`);
    expect(found[0]).toBe('run: restore');
    for (const what of [
      'run: safety point',
      'tables: backups of the safety point',
      'indices: snapshot of the safety point',
      'tables: app-0000: deleted',
      'tables: app-0000: restored',
      'tables: app-0002: settings put back',
      'indices: indices restored',
    ]) {
      expect(found).toContain(what);
    }
    expect(found).not.toContain('tables: app-0002: deleted');
    const [whole, ...parts] = z
      .array(z.object({ from: z.coerce.date(), to: z.coerce.date() }))
      .parse(answer.timeline)
      .map(({ from, to }) => [from.getTime(), to.getTime()] as const);
    for (const [from, to] of parts) {
      expect(to).toBeGreaterThanOrEqual(from);
      expect(from).toBeGreaterThanOrEqual(whole?.[0] ?? Number.NaN);
      expect(to).toBeLessThanOrEqual(whole?.[1] ?? Number.NaN);
    }
  });

  it('holds the whole answer, the same as the restore gave', async () => {
    const { cli, document, run } = await restored();

    const { page, answer } = await report(cli, run);

    const { file: _, ...told } = answer;
    expect(JSON.parse(textOf(byId(page, 'answer') ?? page))).toEqual(told);
    expect(told).toMatchObject(document);
  });

  it('lists each difference with what to do about it, and how to carry on', async () => {
    const { cli, run } = await restored((world) => {
      const { setups } = world.search.indices;
      world.search.indices.setups = async (names) => {
        world.search.changeIndex('app-orders', { settings: { 'index.max_result_window': '7' } });
        return setups(names);
      };
    }, '--no-safety-point');

    const { page, answer } = await report(cli, run);

    expect(answer).toMatchObject({ state: 'DIFFERENT', undo: null });
    expect(rows(page, 'differences')).toEqual([
      [
        'index app-orders',
        'settings',
        'index.max_result_window none',
        'index.max_result_window "7"',
        expect.stringContaining('restore the index again'),
      ],
    ]);
    expect(textOf(byId(page, 'carry-on') ?? page)).toContain(`--run=${run}`);
    expect(textOf(page)).toContain('waived: nothing undoes this restore');
  });

  it('tells of a restore that failed half-way', async () => {
    const { cli, run } = await restored((world) => world.search.spoilNextRestore('app-orders', 'disk full'));

    const { page, answer } = await report(cli, run);

    expect(answer).toMatchObject({ state: 'UNFINISHED', verifiedAt: null });
    expect(textOf(page)).toContain('has not been verified');
    expect(textOf(byId(page, 'carry-on') ?? page)).toContain(`--run=${run}`);
    expect(textOf(byId(page, 'undo') ?? page)).toContain(`${run}-safety`);
  });

  it('loads nothing, and takes no name for a part of the page', async () => {
    const world = new World().plan({ tables: null });
    const name = `app-<script>alert('x')</script>&"`;
    world.search.addIndex(name, { documents: 1, aliases: { '<b>': {} } });
    const cli = new CommandLine(world);
    await cli.run('backup', 'app');
    await cli.run('restore', 'app', '--yes');

    const { page } = await report(cli, cli.executions.started.at(-1)?.name ?? '');

    const tags = new Set(elements(page).map(({ tagName }) => tagName));
    for (const tag of ['script', 'link', 'img', 'iframe', 'b', 'form']) expect(tags).not.toContain(tag);
    const links = elements(page).flatMap(({ attrs }) => attrs.filter((each) => /^(src|href|on.*)$/.test(each.name)));
    expect(links).toEqual([]);
    expect(rows(page, 'indices').map((cells) => [cells.at(0), cells.at(-1)])).toEqual([[name, '<b>']]);
    expect(elements(page, 'meta').flatMap(({ attrs }) => attrs.map(({ value }) => value))).toContain(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  it.each([
    [['nothing'], 'RUN_UNKNOWN'],
    [[], 'USAGE'],
  ] as const)('refuses %j: %s', async (args, code) => {
    const cli = new CommandLine();

    expect(await cli.run('report', ...args, '--json')).toMatchObject({ code: 2, document: { error: { code } } });
  });

  it('says that it cannot write where it cannot', async () => {
    const { cli, run } = await restored();

    const ended = await cli.run('report', run, '--json', '--out', join(await temporaryFolder(), 'none', 'report.html'));

    expect(ended).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
  });
});
