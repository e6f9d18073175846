import type { ChangedSettings } from '../../contracts/ledger/changed-meanwhile.ts';
import type { SetValue } from '../../ports/cluster-settings.ts';
import { changedSettingsPart } from '../ledger.ts';
import { ifReadable } from './guards/verdict.ts';
import type { IndicesOfRun } from './indices-of-run.ts';

type Side = Pick<IndicesOfRun, 'ledger' | 'domain' | 'earlier'>;
type Changes = ChangedSettings['settings'];
type Change = NonNullable<ReturnType<Changes['get']>>;

/** A setting of the cluster that a restore wants otherwise for its time. */
export interface WantedSetting {
  name: string;
  /** The value instead of that which was set before; undefined where that will do. */
  during(before: string | null): string | undefined;
  /** What it means that it cannot be changed, and why it cannot. */
  refused(why: string): string;
}

/**
 * Changes settings of the cluster for the time of a restore. What they were stands in the ledger before the first is
 * changed. A domain that does not allow a change is restored without it, with a remark. What an earlier restore has changed
 * and never put back is taken over: it is no value that anybody wanted to stay.
 */
export async function changeSettings(side: Side, wanted: WantedSetting[]): Promise<void> {
  const { ledger, domain } = side;
  const entry = await ledger.read(changedSettingsPart);
  const known: Changes = new Map([...(await leftBehind(side)), ...(entry?.value.settings ?? [])]);
  const kept = new Map(known);
  const remarks = new Map<string, string>();
  const toSet: [string, SetValue][] = [];
  for (const { name, during, refused } of wanted) {
    const now = await ifReadable(() => domain.settings.read(name));
    if ('unseen' in now) {
      remarks.set(name, refused(now.unseen.message));
      continue;
    }
    const change = changeOf(now.seen, known.get(name), during);
    if (change === undefined) continue;
    kept.set(name, change);
    toSet.push([name, { level: change.level, value: change.during }]);
  }
  if (kept.size === 0 && remarks.size === 0 && entry === undefined) return;
  const written = await ledger.write(changedSettingsPart, { settings: kept, refused: remarks }, entry);
  for (const [name, value] of toSet) {
    const done = await ifReadable(() => domain.settings.write(name, value));
    if ('seen' in done) continue;
    const { refused } = wanted.find((one) => one.name === name) ?? {};
    remarks.set(name, refused?.(done.unseen.message) ?? done.unseen.message);
    // It may have been changed before, and then what it was is remembered still.
    if (!known.has(name)) kept.delete(name);
  }
  if (remarks.size > 0) await ledger.write(changedSettingsPart, { settings: kept, refused: remarks }, written);
}

/** What is remembered already stays, unless somebody else has set it otherwise since: then that is what is put back. */
function changeOf(now: SetValue, known: Change | undefined, during: WantedSetting['during']): Change | undefined {
  const isOwn = known !== undefined && !known.putBack && [known.before, known.during].includes(now.value);
  const { level, before } = isOwn ? known : { level: now.level, before: now.value };
  const value = during(before);
  return value === undefined ? undefined : { level, before, during: value, putBack: false };
}

/** What earlier restores have changed and not put back, where it is still as they set it. */
async function leftBehind({ earlier, domain }: Side): Promise<Changes> {
  const left: Changes = new Map();
  for (const ledger of earlier) {
    for (const [name, change] of (await ledger.read(changedSettingsPart))?.value.settings ?? []) {
      if (change.putBack || left.has(name)) continue;
      const now = await ifReadable(() => domain.settings.read(name));
      if ('seen' in now && now.seen.value === change.during) left.set(name, change);
    }
  }
  return left;
}

/**
 * Puts all settings back as they were, but those that somebody else has changed meanwhile. One that cannot be put back keeps
 * none of the others.
 *
 * @throws whatever the first of them failed with, once all were tried
 */
export async function putSettingsBack({ ledger, domain }: Side): Promise<void> {
  const entry = await ledger.read(changedSettingsPart);
  if (entry === undefined) return;
  let written = entry;
  const failures: unknown[] = [];
  for (const [name, change] of entry.value.settings) {
    if (change.putBack) continue;
    try {
      await putBack(name, change, domain);
    } catch (error) {
      failures.push(error);
      continue;
    }
    const settings = new Map(written.value.settings).set(name, { ...change, putBack: true });
    written = await ledger.write(changedSettingsPart, { ...written.value, settings }, written);
  }
  if (failures.length > 0) throw failures[0];
}

async function putBack(name: string, { level, before, during }: Change, { settings }: Side['domain']): Promise<void> {
  const now = await settings.read(name);
  if (now.value === during) await settings.write(name, { level, value: before });
}
