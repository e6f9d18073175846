/**
 * The names that a run gives to what it makes. All come from the run's id, so that a repeated step finds what an earlier
 * delivery of it made instead of making a second one.
 */

/** @param moment becomes `20261122-020000` (UTC): execution names may hold no colons. */
function stamp(moment: Date): string {
  return moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** The id of a run that somebody starts now; the suffix keeps two of the same second apart. */
export function newRunId(plan: string, moment: Date, suffix: string, workflow: 'backup' | 'restore'): string {
  const name = workflow === 'backup' ? plan : `restore-${plan}`;
  return `${name}-${stamp(moment)}-${suffix}`;
}

/**
 * The id of a run that somebody starts now, twice at most by mistake: the same for the same plan and input within a minute.
 * Step Functions answers a second start of that name with the execution that runs.
 *
 * @param inputHash what the run is to do, as a hash
 */
export function onceRunId(plan: string, moment: Date, inputHash: string, workflow: 'backup' | 'restore'): string {
  const minute = new Date(moment);
  minute.setUTCSeconds(0);
  return newRunId(plan, minute, inputHash.slice(0, 6), workflow);
}

/** The id of the run of a scheduled time: the same for every delivery of that schedule's event. */
export function scheduledRunId(plan: string, scheduledTime: Date): string {
  return `${plan}-${stamp(scheduledTime)}`;
}

/** The id of the safety point of a restore run. It is a run of its own, which backs up what the restore is to change. */
export function safetyPointId(restoreRun: string): string {
  return `${restoreRun}-safety`;
}

/** Table backups of a run share one name; the table tells them apart. DynamoDB takes `[a-zA-Z0-9_.-]`, 3 to 255 long. */
export function tableBackupName(run: string): string {
  return `tandem-${run}`;
}

/** Snapshot names must be lower case. Each rejected attempt of the run leaves its name used up. */
export function snapshotName(run: string, rejectedAttempts: number): string {
  const name = `tandem-${run.toLowerCase()}`;
  return rejectedAttempts === 0 ? name : `${name}-${rejectedAttempts + 1}`;
}

/** Whether a snapshot has one of the names that its run gives. */
export function isSnapshotOf(run: string, name: string): boolean {
  const first = snapshotName(run, 0);
  return name === first || (name.startsWith(`${first}-`) && /^\d+$/.test(name.slice(first.length + 1)));
}
