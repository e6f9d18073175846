import type { TableSelection } from '../../shared/contracts/plan-file.ts';
import { matchNames, selectTables } from '../../shared/core/selection.ts';
import { groupByPrefix, groupByTags, onlyGroup, type TagGroup } from '../../shared/core/table-groups.ts';
import { hasCode, TandemError } from '../../shared/errors/tandem-error.ts';
import { tablesWithTags, tagsOfTable } from '../../shared/steps/tagged-tables.ts';
import type { InitOptions } from '../options.ts';
import { counted, someOf } from '../output/words.ts';
import type { Surroundings } from '../surroundings.ts';
import { none } from './application.ts';
import type { Interview } from './interview.ts';

/** DynamoDB tells tags a table at a time, and ten a second: of so many tables in less than a minute. */
const mostTablesToAsk = 400;

const noTables = { tables: undefined, names: [] };

type Given = Pick<InitOptions, 'tables' | 'tags' | 'quiet'>;

/**
 * The tables of the plan: those that the options name, or that somebody chooses, or else all, where they belong together.
 *
 * @returns no selection where the plan is to have no tables; with the names of those that it takes now
 * @throws TandemError TABLES_MATCH_NOTHING, and USAGE where there are several groups and nobody to ask
 */
export async function chooseTables(
  options: Given,
  questions: Interview,
  surroundings: Surroundings,
): Promise<{ tables: TableSelection | undefined; names: string[] }> {
  const { tables } = surroundings;
  const tags = options.tags && tagsIn(options.tags);
  if (options.tables !== undefined && globsIn(options.tables).length === 0 && tags === undefined) return noTables;
  const existing = await tables.list();
  const { include, tagged } =
    options.tables === undefined && tags === undefined
      ? await choose(existing, options, questions, surroundings)
      : {
          include: globsIn(options.tables),
          tagged: tags && { tags, names: await tablesWithTags(tables, existing, tags) },
        };
  if (include.length === 0 && tagged === undefined) return noTables;
  const selection = { include, exclude: [], ...(tagged && { tags: tagged.tags }) };
  const names = selectTables(selection, existing, tagged?.names ?? [], (part) => `--${optionOf(part)}`);
  return { tables: selection, names };
}

interface Chosen {
  include: string[];
  /** The tables that carry the tags. */
  tagged: { tags: Record<string, string>; names: string[] } | undefined;
}

function optionOf(part: string | number | undefined): string {
  return part === 'tags' ? 'tags' : 'tables';
}

function globsIn(given: string[] = []): string[] {
  return given.length === 1 && given[0] === none ? [] : given;
}

function tagsIn(given: string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((tag) => {
      const [key = '', ...value] = tag.split('=');
      if (key !== '' && value.length > 0) return [key, value.join('=')];
      throw new TandemError('USAGE', `--tags ${JSON.stringify(tag)}: must be a tag such as Backup=nightly.`);
    }),
  );
}

async function choose(
  existing: string[],
  options: Given,
  questions: Interview,
  surroundings: Surroundings,
): Promise<Chosen> {
  if (existing.length === 0) return { include: [], tagged: undefined };
  const groups = groupByPrefix(existing);
  const only = onlyGroup(groups, existing);
  if (only !== undefined && !questions.hasTerminal) return { include: [only.glob], tagged: undefined };
  const include = await questions.several({
    option: '--tables or --tags',
    message: 'Which tables belong together? (Space chooses; none for those of a tag or for a search domain alone.)',
    choices: groups.map(({ glob, tables }) => ({ answer: glob, ...groupShown(glob, tables) })),
    unclear: `Which tables? There are ${someOf(
      groups.map(({ glob }) => glob),
      20,
    )}.`,
  });
  const tag = await chooseTag(await readTagGroups(existing, options, surroundings), questions);
  const tagged = tag && { tags: { [tag.key]: tag.value }, names: tag.tables };
  return { include: withoutCovered(include), tagged };
}

function groupShown(what: string, tables: string[]) {
  return { label: `${what}: ${counted(tables.length, 'table')}`, hint: someOf(tables, 3) };
}

/** Less the globs whose tables another one takes too. */
function withoutCovered(globs: string[]): string[] {
  return globs.filter((glob) => !globs.some((other) => other !== glob && matchNames([other], [glob]).length > 0));
}

async function readTagGroups(existing: string[], { quiet }: Given, surroundings: Surroundings): Promise<TagGroup[]> {
  const { tables, stderr } = surroundings;
  const count = counted(existing.length, 'table');
  if (existing.length > mostTablesToAsk) {
    stderr.write(`The tags of ${count} would take long to read: choose by tag with --tags.\n`);
    return [];
  }
  if (!quiet) stderr.write(`Reading the tags of ${count}\n`);
  try {
    const tagged: { name: string; tags: Record<string, string> }[] = [];
    for (const name of existing) tagged.push({ name, tags: await tagsOfTable(tables, name) });
    return groupByTags(tagged);
  } catch (error) {
    if (!hasCode(error, 'ACCESS_DENIED', 'SERVICE_NOT_OFFERED')) throw error;
    stderr.write(`Tags cannot be read, so that none is offered: ${error.message}\n`);
    return [];
  }
}

async function chooseTag(groups: TagGroup[], questions: Interview): Promise<TagGroup | undefined> {
  if (groups.length === 0) return undefined;
  return questions.one<TagGroup | undefined>({
    option: '--tags',
    message: 'Tables that carry a tag as well?',
    choices: [
      { answer: undefined, label: 'no' },
      ...groups.map((group) => ({ answer: group, ...groupShown(`${group.key}=${group.value}`, group.tables) })),
    ],
    unclear: 'Which tag?',
  });
}
