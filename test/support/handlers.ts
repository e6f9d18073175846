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
import { step as checkRefill } from '../../functions/restore/check-refill.ts';
import { step as deleteIndices } from '../../functions/restore/delete-indices.ts';
import { step as findStreamConsumers } from '../../functions/restore/find-stream-consumers.ts';
import { step as pauseWriters } from '../../functions/restore/pause-writers.ts';
import { step as planRestore } from '../../functions/restore/plan-restore.ts';
import { step as readItems } from '../../functions/restore/read-items.ts';
import { step as recordSafetyPoint } from '../../functions/restore/record-safety-point.ts';
import { step as refillSegments } from '../../functions/restore/refill-segments.ts';
import { step as releaseIndices } from '../../functions/restore/release-indices.ts';
import { step as removeScratchTables } from '../../functions/restore/remove-scratch-tables.ts';
import { step as reportRestoreOutcome } from '../../functions/restore/report-restore-outcome.ts';
import { step as restoreIndices } from '../../functions/restore/restore-indices.ts';
import { step as restoreTables } from '../../functions/restore/restore-tables.ts';
import { step as resumeWriters } from '../../functions/restore/resume-writers.ts';
import { step as swapIndices } from '../../functions/restore/swap-indices.ts';
import { step as verifyRestore } from '../../functions/restore/verify-restore.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { EnsureRepositoryPorts } from '../../shared/steps/backup/ensure-repository.ts';
import type { PlanBackupPorts } from '../../shared/steps/backup/plan-backup.ts';
import type { StartTableBackupsPorts } from '../../shared/steps/backup/start-table-backups.ts';
import type { ReportFailurePorts } from '../../shared/steps/report/report-failure.ts';
import type { FindStreamConsumersPorts } from '../../shared/steps/restore/find-stream-consumers.ts';
import type { PlanRestorePorts } from '../../shared/steps/restore/plan-restore.ts';
import type { ReadItemsPorts } from '../../shared/steps/restore/read-items.ts';
import type { RefillSegmentsPorts } from '../../shared/steps/restore/refill-segments.ts';
import type { VerifyRestorePorts } from '../../shared/steps/restore/verify-restore.ts';

/** What the steps of both workflows need from outside, all together. */
export type AllPorts = PlanBackupPorts &
  EnsureRepositoryPorts &
  StartTableBackupsPorts &
  PlanRestorePorts &
  FindStreamConsumersPorts &
  RefillSegmentsPorts &
  ReadItemsPorts &
  VerifyRestorePorts &
  ReportFailurePorts;

/** What makes the function of each task, by the name of its state, as it is deployed but with these ports. */
export function handlersWith(ports: () => AllPorts, clock: Clock) {
  return {
    backup: {
      PlanBackup: () => planBackup(ports, clock),
      StartTableBackups: () => startTableBackups(ports, clock),
      CheckTableBackups: () => checkTableBackups(ports, clock),
      EnsureRepository: () => ensureRepository(ports, clock),
      StartIndexSnapshot: () => startIndexSnapshot(ports, clock),
      CheckIndexSnapshot: () => checkIndexSnapshot(ports, clock),
      RecordRecoveryPoint: () => recordRecoveryPoint(ports, clock),
      ReportOutcome: () => reportOutcome(ports, clock),
      ReportFailure: () => reportFailure(ports, clock),
    },
    restore: {
      PlanRestore: () => planRestore(ports, clock),
      FindStreamConsumers: () => findStreamConsumers(ports, clock),
      StartTableBackups: () => startTableBackups(ports, clock),
      CheckTableBackups: () => checkTableBackups(ports, clock),
      StartIndexSnapshot: () => startIndexSnapshot(ports, clock),
      CheckIndexSnapshot: () => checkIndexSnapshot(ports, clock),
      RecordSafetyPoint: () => recordSafetyPoint(ports, clock),
      PauseWriters: () => pauseWriters(ports, clock),
      RestoreTables: () => restoreTables(ports, clock),
      RefillSegments: () => refillSegments(ports, clock),
      CheckRefill: () => checkRefill(ports, clock),
      DeleteIndices: () => deleteIndices(ports, clock),
      RestoreIndices: () => restoreIndices(ports, clock),
      CheckIndexRecovery: () => checkIndexRecovery(ports, clock),
      SwapIndices: () => swapIndices(ports, clock),
      ReleaseIndices: () => releaseIndices(ports, clock),
      ReleaseIndicesAfterFailure: () => releaseIndices(ports, clock),
      ReadItems: () => readItems(ports, clock),
      VerifyRestore: () => verifyRestore(ports, clock),
      RemoveScratchTables: () => removeScratchTables(ports, clock),
      ResumeWriters: () => resumeWriters(ports, clock),
      ResumeWritersAfterFailure: () => resumeWriters(ports, clock),
      ReportOutcome: () => reportRestoreOutcome(ports, clock),
      ReportFailure: () => reportFailure(ports, clock),
    },
  };
}
