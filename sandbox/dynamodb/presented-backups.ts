import * as z from 'zod';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { hiddenBackup } from './point-in-time.ts';

const backup = z.looseObject({
  BackupArn: z.string(),
  BackupName: z.string(),
  BackupCreationDateTime: z.number(),
  BackupType: z.string(),
});
type Backup = z.infer<typeof backup>;

export const startedBackup = z.looseObject({ BackupDetails: backup });
const describedBackup = z.looseObject({ BackupDescription: z.looseObject({ BackupDetails: backup }) });
const listedBackups = z.looseObject({ BackupSummaries: z.array(backup) });

/** CreateBackup's answer: the backup is CREATING. */
export function presentStartedBackup(answer: unknown, account: Account): unknown {
  const { BackupDetails, ...rest } = startedBackup.parse(answer);
  return { ...rest, BackupDetails: presentBackup(BackupDetails, account) };
}

/** DescribeBackup's answer with the status that the backup would have. */
export function presentDescribedBackup(answer: unknown, account: Account): unknown {
  const { BackupDescription, ...rest } = describedBackup.parse(answer);
  const BackupDetails = presentBackup(BackupDescription.BackupDetails, account);
  return { ...rest, BackupDescription: { ...BackupDescription, BackupDetails } };
}

/** DeleteBackup's answer: the emulator tells the status that the backup had. */
export function presentDeletedBackup(answer: unknown): unknown {
  const { BackupDescription, ...rest } = describedBackup.parse(answer);
  const BackupDetails = { ...BackupDescription.BackupDetails, BackupStatus: 'DELETED' };
  return { ...rest, BackupDescription: { ...BackupDescription, BackupDetails } };
}

/**
 * ListBackups's page with the status that each backup would have, and only those that were asked for: the emulator
 * does not look at BackupType and the time range. As with the real service a page may be shorter than Limit, even
 * empty, and not be the last.
 */
export function presentListedBackups(answer: unknown, account: Account, { input }: Call): unknown {
  const { BackupSummaries, ...rest } = listedBackups.parse(answer);
  const { BackupType = 'USER', TimeRangeLowerBound = 0, TimeRangeUpperBound = Number.POSITIVE_INFINITY } = input;
  const asked = BackupSummaries.filter(
    ({ BackupName, BackupType: type, BackupCreationDateTime: created }) =>
      BackupName !== hiddenBackup &&
      (BackupType === 'ALL' || BackupType === type) &&
      TimeRangeLowerBound <= created &&
      created < TimeRangeUpperBound,
  );
  return { ...rest, BackupSummaries: asked.map((summary) => presentBackup(summary, account)) };
}

function presentBackup(details: Backup, { backups }: Account): Backup {
  return backups.isCreating(details.BackupArn) ? { ...details, BackupStatus: 'CREATING' } : details;
}
