/**
 * How long the real service takes over what the emulator does at once, in seconds.
 *
 * AWS promises none of these but the hour of a time to live; the others are of the order seen in practice.
 */
const realSeconds = {
  /** CreateTable until ACTIVE, for a small table. */
  creatingTable: 10,
  /** UpdateTable until ACTIVE again, for a setting such as deletion protection; an index takes far longer. */
  updatingTable: 5,
  /** DeleteTable until DescribeTable no longer knows the table. */
  deletingTable: 10,
  /** From ACTIVE until backups are enabled; CreateBackup answers ContinuousBackupsUnavailableException until then. */
  enablingBackups: 10,
  /** CreateBackup until AVAILABLE: seconds to a minute, whatever the size of the table. */
  creatingBackup: 30,
  /** A restore until ACTIVE. AWS says 95 % within an hour; 80 to 720 seconds were measured for small tables. */
  restoringTable: 180,
  /** Until a write can be restored to: LatestRestorableDateTime is five minutes back. */
  recordingWrites: 300,
  /** Documented at UpdateTimeToLive: a change may take an hour, and another one within it is refused. */
  changingTimeToLive: 3600,
} as const;

/** Milliseconds that a change of this kind takes. */
export type Lasting = (change: keyof typeof realSeconds) => number;

/** The durations at a time scale: 1 is as the real service, 0.01 a hundred times as fast, 0 instant. */
export function scaledDurations(timeScale: number): Lasting {
  return (change) => realSeconds[change] * 1000 * timeScale;
}
