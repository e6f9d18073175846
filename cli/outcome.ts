import { TandemError } from '../shared/errors/tandem-error.ts';
import { restoreRunPart, verificationPart } from '../shared/steps/ledger.ts';
import { recordedBy } from '../shared/steps/recovery-points.ts';
import { type EndedRun, runFailed } from './follow-run.ts';
import type { Answer } from './output/answer.ts';
import { backupAnswer } from './output/backup-answer.ts';
import { plannedAnswer, restoredAnswer } from './output/restore-answer.ts';

/** What a run that has ended answers. @throws RunError where it failed */
export function outcomeOf(ended: EndedRun): Promise<Answer> {
  return ended.workflow === 'backup' ? outcomeOfBackup(ended) : outcomeOfRestore(ended);
}

async function outcomeOfBackup(ended: EndedRun): Promise<Answer> {
  if (ended.failure !== undefined) throw runFailed(ended, ended.failure);
  const manifest = await recordedBy(ended.store, ended.plan, ended.run);
  if (manifest !== undefined) return backupAnswer(manifest);
  throw new TandemError('UNEXPECTED', `Run ${ended.run} ended well, but the catalog holds no manifest of it.`);
}

async function outcomeOfRestore(ended: EndedRun): Promise<Answer> {
  const { failure, ledger, dryRun } = ended;
  if (failure !== undefined && failure.code !== 'DIFFERENCES_FOUND') throw runFailed(ended, failure);
  const restore = (await ledger.get(restoreRunPart)).value;
  if (dryRun) return plannedAnswer(restore);
  const answer = restoredAnswer(restore, (await ledger.get(verificationPart)).value, ended.undo);
  if (failure === undefined) return answer;
  // The answer lists the differences, so that the error need not.
  throw runFailed(ended, { ...failure, message: 'What was restored is not as the manifest says.' }, answer);
}
