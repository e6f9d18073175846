import type { ChangedSettings } from '../../contracts/ledger.ts';
import { autoCreation, withDenied } from '../../core/auto-creation.ts';
import type { SetValue } from '../../ports/cluster-settings.ts';
import { changedSettingsPart } from '../ledger.ts';
import { ifReadable } from './guards/verdict.ts';
import type { IndicesOfRun } from './indices-of-run.ts';

type Side = Pick<IndicesOfRun, 'ledger' | 'domain' | 'plan' | 'undone'>;

/**
 * Keeps a late write from making an index in the place of one that is away, or of its alias, which then could not come
 * back. What the setting was stands in the ledger before it is changed. A domain that does not allow the change is restored
 * without it, with a remark.
 */
export async function denyAutoCreation(side: Side): Promise<void> {
  const { ledger, domain, plan } = side;
  const names = plan.indices
    .filter(({ action, strategy }) => action === 'replace' || (action === 'create' && strategy !== 'beside'))
    .flatMap(({ target, aliases }) => [target, ...aliases]);
  if (names.length === 0) return;
  const entry = await ledger.read(changedSettingsPart);
  const now = await ifReadable(() => domain.settings.read(autoCreation));
  const remembered = entry?.value.settings.get(autoCreation);
  const isDenied = remembered !== undefined && !remembered.putBack;
  const change = 'seen' in now && !isDenied ? await changeOf(now.seen, names, side) : remembered;
  if (change === undefined || 'unseen' in now) {
    const remarks = 'unseen' in now ? [remarkOn(now.unseen.message)] : [];
    if (remarks.length > 0) await ledger.write(changedSettingsPart, { settings: new Map(), remarks }, entry);
    return;
  }
  const settings = new Map([[autoCreation, change]]);
  const written = await ledger.write(changedSettingsPart, { settings, remarks: [] }, entry);
  const done = await ifReadable(() =>
    domain.settings.write(autoCreation, { level: change.level, value: change.during }),
  );
  if ('seen' in done) return;
  const refused = { settings: new Map(), remarks: [remarkOn(done.unseen.message)] };
  await ledger.write(changedSettingsPart, refused, written);
}

type Change = NonNullable<ReturnType<ChangedSettings['settings']['get']>>;

/** A restore that is undone may have left its own denial behind: that is not what was there before. */
async function changeOf(now: SetValue, names: string[], { undone }: Side): Promise<Change | undefined> {
  const left = (await undone?.read(changedSettingsPart))?.value.settings.get(autoCreation);
  const before = left !== undefined && !left.putBack && left.during === now.value ? left.before : now.value;
  const during = withDenied(before ?? undefined, names);
  return during === undefined ? undefined : { level: now.level, before, during, putBack: false };
}

function remarkOn(why: string): string {
  return `writes to an index that was away could have made another one in its place: the domain does not let that be denied (${why})`;
}

/** Puts the setting back as it was, unless somebody else has changed it meanwhile. */
export async function allowAutoCreation({ ledger, domain }: Side): Promise<void> {
  const entry = await ledger.read(changedSettingsPart);
  const change = entry?.value.settings.get(autoCreation);
  if (entry === undefined || change === undefined || change.putBack) return;
  const { level, before, during } = change;
  const now = await domain.settings.read(autoCreation);
  if (now.value === during) await domain.settings.write(autoCreation, { level, value: before });
  const settings = new Map([[autoCreation, { ...change, putBack: true }]]);
  await ledger.write(changedSettingsPart, { ...entry.value, settings }, entry);
}
