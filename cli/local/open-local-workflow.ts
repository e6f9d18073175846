import { Console } from 'node:console';
import { readFailure } from '../../shared/errors/description.ts';
import { startedRun } from '../started-run.ts';
import { type Ending, type OpenWorkflow, outOfTime } from '../workflow.ts';
import { loadDefinition } from './definition.ts';
import type { StepHandler } from './lambda-context.ts';
import { type LocalEnding, runStateMachine } from './state-machine.ts';

/** Opens the definition that gets deployed, to run it in this process with the caller's own credentials and endpoints. */
export const openLocalWorkflow: OpenWorkflow = async (workflow, { planFile }) => {
  prepareSteps(planFile);
  const { handlers } = await import('./handlers.ts');
  const definition = await loadDefinition(new URL(`../../statemachines/${workflow}.asl.yml`, import.meta.url));
  return {
    place: 'on this machine',
    outlivesUs: false,
    start: async ({ anew: name }, input) => {
      const atWork = new Set<Promise<unknown>>();
      const steps = tracked(handlers[workflow], atWork);
      return {
        ...startedRun(name, input),
        isRunning: true,
        // It is at work in this process alone, and so for as long as somebody waits for its end.
        ended: (signal) => runStateMachine(definition, steps, { name, input }, signal).then(endingOf),
        stopped: async () => void (await Promise.allSettled(atWork)),
      };
    },
    running: async () => [],
    find: async () => undefined,
  };
};

/** @param atWork holds what is at work */
function tracked(
  steps: Readonly<Record<string, StepHandler>>,
  atWork: Set<Promise<unknown>>,
): Record<string, StepHandler> {
  const track = (step: StepHandler): StepHandler => {
    return (event, context) => {
      const work = step(event, context);
      atWork.add(work);
      return work.finally(() => atWork.delete(work));
    };
  };
  return Object.fromEntries(Object.entries(steps).map(([state, step]) => [state, track(step)]));
}

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
