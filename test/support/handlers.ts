import { step as checkIndexSnapshot } from '../../functions/backup/check-index-snapshot.ts';
import { step as checkTableBackups } from '../../functions/backup/check-table-backups.ts';
import { step as ensureRepository } from '../../functions/backup/ensure-repository.ts';
import { step as planBackup } from '../../functions/backup/plan-backup.ts';
import { step as recordRecoveryPoint } from '../../functions/backup/record-recovery-point.ts';
import { step as startIndexSnapshot } from '../../functions/backup/start-index-snapshot.ts';
import { step as startTableBackups } from '../../functions/backup/start-table-backups.ts';
import { step as reportFailure } from '../../functions/report/report-failure.ts';
import { step as reportOutcome } from '../../functions/report/report-outcome.ts';
import { step as checkIndexRecovery } from '../../functions/restore/check-index-recovery.ts';
import { step as deleteIndices } from '../../functions/restore/delete-indices.ts';
import { step as planRestore } from '../../functions/restore/plan-restore.ts';
import { step as restoreIndices } from '../../functions/restore/restore-indices.ts';
import { step as restoreTables } from '../../functions/restore/restore-tables.ts';
import { step as verifyRestore } from '../../functions/restore/verify-restore.ts';

/** What the steps need from outside, all of them together. */
type Ports = Parameters<typeof planBackup>[0] extends () => infer P ? P : never;
