import type { Manifest } from '../contracts/manifest.ts';
import { manifestText, readManifest } from '../core/manifest.ts';
import { safetyPointId } from '../core/names.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { ObjectStore } from '../ports/object-store.ts';

const prefix = 'recovery-points/';

/** Manifests that are read at the same time. */
const readAtOnce = 20;

function keyOf(plan: string, recoveryPoint: string): string {
  return `${prefix}${plan}/${recoveryPoint}/manifest.json`;
}

/** A recovery point of the catalog; a damaged one is listed, not hidden. */
export type ListedRecoveryPoint =
  | { plan: string; id: string; manifest: Manifest; damage?: never }
  | { plan: string; id: string; manifest?: never; damage: TandemError };

/** The recovery points of a plan, or of all plans, the newest first; damaged ones first of all, so that they are seen. */
export async function listRecoveryPoints(
  store: Pick<ObjectStore, 'list' | 'get'>,
  plan?: string,
): Promise<ListedRecoveryPoint[]> {
  const keys = await store.list(plan === undefined ? prefix : `${prefix}${plan}/`);
  const listed: ListedRecoveryPoint[] = [];
  for (let first = 0; first < keys.length; first += readAtOnce) {
    const read = await Promise.all(keys.slice(first, first + readAtOnce).map((key) => readListed(store, key)));
    listed.push(...read.flat());
  }
  const age = (point: ListedRecoveryPoint) => point.manifest?.completedAt ?? '9999';
  return listed.sort((a, b) => (age(a) < age(b) ? 1 : -1));
}

/** What a key stands for: a recovery point, or nothing where it is no manifest's, or gone meanwhile. */
async function readListed(store: Pick<ObjectStore, 'get'>, key: string): Promise<ListedRecoveryPoint[]> {
  const [, plan, id, file] = key.split('/');
  if (plan === undefined || id === undefined || file !== 'manifest.json') return [];
  const object = await store.get(key);
  return object === undefined ? [] : [open(plan, id, object.body)];
}

function open(plan: string, id: string, text: string): ListedRecoveryPoint {
  try {
    return { plan, id, manifest: readOwn(plan, id, text) };
  } catch (error) {
    if (error instanceof TandemError) return { plan, id, damage: error };
    throw error;
  }
}

/** Reads a manifest as that of the recovery point under whose key it is. */
function readOwn(plan: string, id: string, text: string): Manifest {
  const manifest = readManifest(text, id);
  if (manifest.plan !== plan) throw ofAnotherPlan(id, manifest.plan, plan);
  if (manifest.recoveryPoint === id) return manifest;
  const message = `The manifest of ${id} is that of ${manifest.recoveryPoint}.`;
  throw new TandemError('RECOVERY_POINT_CHANGED', message);
}

/**
 * Finds the recovery point that a restore asks for.
 *
 * @param point `latest`, which is never a safety point, or an id
 * @throws TandemError RECOVERY_POINT_NOT_FOUND, RECOVERY_POINT_OF_ANOTHER_PLAN, or RECOVERY_POINT_CHANGED; `latest` also
 * where any recovery point of the plan is damaged, because nobody can tell any more how old that one is
 */
export async function findRecoveryPoint(store: ObjectStore, plan: string, point: string): Promise<Manifest> {
  if (point === 'latest') {
    const [newest] = (await listRecoveryPoints(store, plan)).filter(isOrdinary);
    if (newest === undefined) {
      throw new TandemError('RECOVERY_POINT_NOT_FOUND', `The catalog holds no recovery point of plan ${plan} yet.`);
    }
    if (newest.damage !== undefined) throw newest.damage;
    return newest.manifest;
  }
  const object = await store.get(keyOf(plan, point));
  if (object === undefined) throw await notFound(store, plan, point);
  return readOwn(plan, point, object.body);
}

/**
 * The newest recovery point of a plan that was complete before a moment; undefined where there is none.
 *
 * @throws TandemError RECOVERY_POINT_CHANGED where any is damaged, as nobody can tell any more how old that one is
 */
export async function newestBefore(store: ObjectStore, plan: string, moment: Date): Promise<Manifest | undefined> {
  const points = (await listRecoveryPoints(store, plan)).filter(isOrdinary);
  return points.flatMap((point) => {
    if (point.damage !== undefined) throw point.damage;
    return Date.parse(point.manifest.completedAt) <= moment.getTime() ? [point.manifest] : [];
  })[0];
}

/** The newest recovery point of a plan that can be read, whatever else is damaged; undefined where there is none. */
export async function newestSound(store: ObjectStore, plan: string): Promise<Manifest | undefined> {
  const points = (await listRecoveryPoints(store, plan)).filter(isOrdinary);
  return points.find(({ manifest }) => manifest !== undefined)?.manifest;
}

/**
 * The id of the newest recovery point of a plan that can stand in for one that cannot be restored; undefined where there
 * is none.
 *
 * @param point what was asked for: `latest`, an id, or nothing, which stands for `latest`
 */
export async function findOtherPoint(store: ObjectStore, plan: string, point: unknown): Promise<string | undefined> {
  const points = (await listRecoveryPoints(store, plan)).filter(isOrdinary);
  const tried = point === undefined || point === 'latest' ? points[0]?.id : point;
  return points.find(({ id, manifest }) => id !== tried && manifest !== undefined)?.id;
}

/** A safety point is of a state that somebody wanted to leave behind: it is restored only where it is named. */
function isOrdinary({ manifest }: ListedRecoveryPoint): boolean {
  return manifest?.safetyOf === undefined;
}

async function notFound(store: ObjectStore, plan: string, point: string): Promise<TandemError> {
  const key = (await store.list(prefix)).find((candidate) => candidate.endsWith(`/${point}/manifest.json`));
  const owner = key?.split('/')[1];
  if (owner !== undefined) return ofAnotherPlan(point, owner, plan);
  return new TandemError('RECOVERY_POINT_NOT_FOUND', `The catalog holds no recovery point ${point} of plan ${plan}.`);
}

function ofAnotherPlan(point: string, owner: string, plan: string): TandemError {
  const message = `Recovery point ${point} belongs to plan ${owner}, not to ${plan}.`;
  return new TandemError('RECOVERY_POINT_OF_ANOTHER_PLAN', message);
}

/** Reads the recovery point that a run recorded, or undefined where it recorded none. */
export async function recordedBy(store: ObjectStore, plan: string, run: string): Promise<Manifest | undefined> {
  const object = await store.get(keyOf(plan, run));
  return object && readOwn(plan, run, object.body);
}

/** The id of the safety point of a restore run, or undefined where there is none, or none that can be read. */
export async function recordedSafetyPoint(
  store: Pick<ObjectStore, 'get'>,
  plan: string,
  restoreRun: string,
): Promise<string | undefined> {
  const [point] = await readListed(store, keyOf(plan, safetyPointId(restoreRun)));
  return point?.manifest?.recoveryPoint;
}

/** Writes a manifest, once; false where the run recorded one already. */
export async function recordManifest(store: ObjectStore, manifest: Manifest): Promise<boolean> {
  const version = await store.create(keyOf(manifest.plan, manifest.recoveryPoint), manifestText(manifest));
  return version !== undefined;
}
