import prettyMilliseconds from 'pretty-ms';
import { restoreWindow } from '../../shared/core/restore-window.ts';
import { simulateRestore } from '../support/restore-simulation.ts';

const tables = 1_000;
/** Decides the sizes. */
const seed = 20_300_102;
/** What of the bound the quotas give a restore may take. */
const mostOfBound = 1.05;
/** Events of an execution's history. */
const longestHistory = 25_000;

const { bound, tables: took, used, whole, backup, restore } = await simulateRestore(tables, seed);
const inWords = (seconds: number) => prettyMilliseconds(Math.round(seconds) * 1_000);
const ratio = took / bound;
process.stdout.write(
  [
    `${tables.toLocaleString('en')} tables, restored in virtual time by the workflow that is deployed`,
    `bound by the quotas: ${inWords(bound)} (${restoreWindow} restores at a time, 10 asked for a second)`,
    `from the first change to the last setting: ${inWords(took)}, ${ratio.toFixed(3)} of that`,
    `places in use until the last table was asked for: ${(used * 100).toFixed(1)} %`,
    `the whole workflow: ${inWords(whole)}, with its plan, its safety point and its proof`,
    `states entered: ${restore.states.length} by the restore, ${backup.states.length} by the backup, in a history of ${longestHistory.toLocaleString('en')} events at most`,
    restore.status === 'SUCCEEDED' ? 'identical' : `FAILED: ${restore.failure?.Cause}`,
    '',
  ].join('\n'),
);
process.exitCode = restore.status === 'SUCCEEDED' && ratio <= mostOfBound ? 0 : 1;
