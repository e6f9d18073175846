import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexStrategy, IndexToRestore, Rename } from '../contracts/restore-plan.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import { ownName, renamed, swapRename, templateRename, usualTemplate } from './index-names.ts';
import { absentIn } from './manifest.ts';

/** An index that exists now. */
export interface PresentIndex {
  id: string;
  documents: number | null;
  /** Of its primaries. */
  bytes: number;
  /** Undefined where that could not be read. */
  createdAt: Date | undefined;
}

/** What exists now, by name, and the indices behind each alias. */
export interface PresentIndices {
  indices: ReadonlyMap<string, PresentIndex>;
  aliases: ReadonlyMap<string, string[]>;
}

export interface IndexWishes {
  strategy: IndexStrategy;
  /** The template of names for `beside`. */
  rename: string | undefined;
}

type Recorded = Pick<IndexRecord, 'name' | 'documents' | 'bytes' | 'aliases'>;

/** What a restore does to each index. @param parts the names of those that it is about */
export function indexSteps(
  source: RestoreSource,
  parts: string[],
  { strategy, rename: template }: IndexWishes,
  present: PresentIndices,
): { indices: IndexToRestore[]; rename: Rename | null } {
  const { hash, search } = source;
  const recorded = (search?.indices ?? []).filter(({ name }) => parts.includes(name));
  const absent = absentIn(source).indices.filter((name) => parts.includes(name));
  const known = new Set([...(search?.indices ?? []).map(({ name }) => name), ...absent]);
  const placed = recorded.map((record) => ({ record, currentName: standIn(record, present, known) }));
  const ids = placed.map(({ currentName }) => currentId(currentName, present));
  const rename = renameOf(strategy, template, [hash, ids]);
  const at = search?.snapshot.startedAt ?? '';
  const indices = [
    ...placed.map(({ record, currentName }): IndexToRestore => {
      const { name, documents, bytes } = record;
      const action = strategy === 'beside' || currentName === null ? 'create' : actionOn(name, currentName, strategy);
      const isRenamed = action === 'swap' || strategy === 'beside';
      return {
        ...{ name, target: isRenamed && rename !== null ? renamed(name, rename) : name, strategy, action },
        ...(strategy === 'beside' ? nothing : existing(currentName, present)),
        aliases: strategy === 'beside' ? [] : Object.keys(record.aliases).sort(),
        becomesAlias: action === 'swap' && !isReachedByAlias(record, currentName, present),
        recorded: { documents, bytes, at },
      };
    }),
    ...absent.map((name): IndexToRestore => {
      const step = { name, target: name, strategy, action: 'remove' as const, aliases: [], becomesAlias: false };
      return { ...step, ...existing(present.indices.has(name) ? name : null, present), recorded: null };
    }),
  ];
  return { indices, rename: indices.some(({ name, target }) => name !== target) ? rename : null };
}

/** Only an index of the very name can be restored over. */
function actionOn(name: string, currentName: string, strategy: IndexStrategy): IndexToRestore['action'] {
  if (strategy === 'swap') return 'swap';
  return strategy === 'close' && name === currentName ? 'close' : 'replace';
}

function renameOf(strategy: IndexStrategy, template = usualTemplate, seen: unknown): Rename | null {
  if (strategy === 'swap') return swapRename(seen);
  return strategy === 'beside' ? templateRename(template) : null;
}

/**
 * The index that exists now in the place of a recorded one: that of its name, or one that a swap has put there, before or
 * after the recovery point was made, and that has a name or an alias of it.
 *
 * @param known the other indices that the recovery point tells of, each of which has a place of its own
 */
function standIn({ name, aliases }: Recorded, present: PresentIndices, known: ReadonlySet<string>): string | null {
  if (present.indices.has(name)) return name;
  const names = [ownName(name), name, ...Object.keys(aliases)];
  const holders = new Set(names.flatMap((one) => [one, ...(present.aliases.get(one) ?? [])]));
  const family = [...present.indices.keys()].filter((other) => ownName(other) === ownName(name) && !known.has(other));
  return family.sort().find((other) => holders.has(other)) ?? null;
}

/** Readers are taken to use an alias where the index had one and has one now, and not to use one that is its very name. */
function isReachedByAlias({ name, aliases }: Recorded, currentName: string | null, present: PresentIndices): boolean {
  if (currentName === null || present.aliases.has(name)) return false;
  const has = [...present.aliases.values()].some((holders) => holders.includes(currentName));
  return has && Object.keys(aliases).length > 0;
}

function currentId(name: string | null, { indices }: PresentIndices): string | null {
  return (name === null ? undefined : indices.get(name)?.id) ?? null;
}

const nothing = { currentName: null, currentId: null, current: null };

function existing(name: string | null, present: PresentIndices) {
  const current = name === null ? undefined : present.indices.get(name);
  if (name === null || current === undefined) return nothing;
  const { id, documents, bytes, createdAt } = current;
  return {
    currentName: name,
    currentId: id,
    current: { documents, bytes, createdAt: createdAt?.toISOString() ?? null },
  };
}
