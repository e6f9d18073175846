import { handler as checkIndexSnapshot } from '../../functions/backup/check-index-snapshot.ts';
import { handler as checkTableBackups } from '../../functions/backup/check-table-backups.ts';
import { handler as ensureRepository } from '../../functions/backup/ensure-repository.ts';
import { handler as planBackup } from '../../functions/backup/plan-backup.ts';
import { handler as recordRecoveryPoint } from '../../functions/backup/record-recovery-point.ts';
import { handler as startIndexSnapshot } from '../../functions/backup/start-index-snapshot.ts';
import { handler as startTableBackups } from '../../functions/backup/start-table-backups.ts';
import { handler as reportFailure } from '../../functions/report/report-failure.ts';
import { handler as reportOutcome } from '../../functions/report/report-outcome.ts';
import { handler as checkIndexRecovery } from '../../functions/restore/check-index-recovery.ts';
import { handler as checkRefill } from '../../functions/restore/check-refill.ts';
import { handler as deleteIndices } from '../../functions/restore/delete-indices.ts';
import { handler as findStreamConsumers } from '../../functions/restore/find-stream-consumers.ts';
import { handler as pauseWriters } from '../../functions/restore/pause-writers.ts';
import { handler as planRestore } from '../../functions/restore/plan-restore.ts';
import { handler as readItems } from '../../functions/restore/read-items.ts';
import { handler as recordSafetyPoint } from '../../functions/restore/record-safety-point.ts';
import { handler as refillSegments } from '../../functions/restore/refill-segments.ts';
import { handler as releaseIndices } from '../../functions/restore/release-indices.ts';
import { handler as removeScratchTables } from '../../functions/restore/remove-scratch-tables.ts';
import { handler as reportRestoreOutcome } from '../../functions/restore/report-restore-outcome.ts';
import { handler as restoreIndices } from '../../functions/restore/restore-indices.ts';
import { handler as restoreTables } from '../../functions/restore/restore-tables.ts';
import { handler as resumeWriters } from '../../functions/restore/resume-writers.ts';
import { handler as swapIndices } from '../../functions/restore/swap-indices.ts';
import { handler as verifyRestore } from '../../functions/restore/verify-restore.ts';
import type { WorkflowName } from '../workflow.ts';
import type { StepHandler } from './lambda-context.ts';

/** The function of each task, by the name of its state. */
export const handlers: Readonly<Record<WorkflowName, Readonly<Record<string, StepHandler>>>> = {
  backup: {
    PlanBackup: planBackup,
    StartTableBackups: startTableBackups,
    CheckTableBackups: checkTableBackups,
    EnsureRepository: ensureRepository,
    StartIndexSnapshot: startIndexSnapshot,
    CheckIndexSnapshot: checkIndexSnapshot,
    RecordRecoveryPoint: recordRecoveryPoint,
    ReportOutcome: reportOutcome,
    ReportFailure: reportFailure,
  },
  restore: {
    PlanRestore: planRestore,
    FindStreamConsumers: findStreamConsumers,
    StartTableBackups: startTableBackups,
    CheckTableBackups: checkTableBackups,
    StartIndexSnapshot: startIndexSnapshot,
    CheckIndexSnapshot: checkIndexSnapshot,
    RecordSafetyPoint: recordSafetyPoint,
    PauseWriters: pauseWriters,
    RestoreTables: restoreTables,
    RefillSegments: refillSegments,
    CheckRefill: checkRefill,
    DeleteIndices: deleteIndices,
    RestoreIndices: restoreIndices,
    CheckIndexRecovery: checkIndexRecovery,
    SwapIndices: swapIndices,
    ReleaseIndices: releaseIndices,
    ReleaseIndicesAfterFailure: releaseIndices,
    ReadItems: readItems,
    VerifyRestore: verifyRestore,
    RemoveScratchTables: removeScratchTables,
    ResumeWriters: resumeWriters,
    ResumeWritersAfterFailure: resumeWriters,
    ReportOutcome: reportRestoreOutcome,
    ReportFailure: reportFailure,
  },
};
