import { Console } from 'node:console';
import { readFailure } from '../../shared/errors/description.ts';
import { startedRun } from '../started-run.ts';
import { type Ending, type OpenWorkflow, outOfTime } from '../workflow.ts';
import { loadDefinition } from './definition.ts';
import { type LocalEnding, runStateMachine } from './state-machine.ts';

/** Opens the definition that gets deployed, to run it in this process with the caller's own credentials and endpoints. */
export const openLocalWorkflow: OpenWorkflow = async (workflow, { planFile }) => {
  prepareSteps(planFile);
  const { handlers } = await import('./handlers.ts');
  const definition = await loadDefinition(new URL(`../../statemachines/${workflow}.asl.yml`, import.meta.url));
  return {
    place: 'on this machine',
    outlivesUs: false,
    start: async ({ anew: name }, input) => ({
      ...startedRun(name, input),
      isRunning: true,
      // It is at work in this process alone, and so for as long as somebody waits for its end.
      ended: (signal) => runStateMachine(definition, handlers[workflow], { name, input }, signal).then(endingOf),
    }),
    running: async () => [],
    find: async () => undefined,
  };
};

/** The steps read their settings when they are loaded. Standard output belongs to the answer of the command. */
function prepareSteps(planFile: string): void {
  process.env.TANDEM_CONFIG = planFile;
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  if (process.env.TANDEM_DEBUG === undefined) {
    process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  } else {
    // With POWERTOOLS_DEV the logger of the steps writes to the global console instead of to standard output.
    process.env.POWERTOOLS_DEV = 'true';
    globalThis.console = new Console(process.stderr);
  }
}

function endingOf(ending: LocalEnding): Ending {
  if (ending.status === 'SUCCEEDED') return { failure: undefined };
  return { failure: ending.status === 'TIMED_OUT' ? outOfTime() : readFailure(ending.failure) };
}
