import type { PausedWriters } from '../../shared/contracts/ledger/changed-meanwhile.ts';
import { functionName, mappingName } from '../../shared/core/writers.ts';
import type { Answer } from './answer.ts';

/** What `tandem restore --resume-writers` answers. @param writers undefined where nothing was paused any more */
export function writersAnswer(
  { plan, run }: { plan: string; run: string },
  writers: PausedWriters | undefined,
): Answer {
  const { mappings, functions } = writers ?? { mappings: [], functions: [] };
  return {
    document: { plan, run, state: writers === undefined ? 'NOTHING_PAUSED' : 'RESUMED', mappings, functions },
    text: ({ green }) =>
      writers === undefined
        ? `Restore ${run} has left no writers paused.`
        : [
            `The writers of plan ${plan} are ${green('as they were')} before restore ${run}:`,
            ...mappings.map((one) => `  ${mappingName(one)}: ${one.enabled ? 'on' : 'off, as before'}`),
            ...functions.map((one) => `  ${functionName(one)}: ${reservedInWords(one.reserved)}`),
          ].join('\n'),
  };
}

/** `5 calls reserved`, `nothing reserved` */
export function reservedInWords(reserved: number | null): string {
  if (reserved === null) return 'nothing reserved';
  return `${reserved} calls reserved`;
}
