import { watchCommand } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { interruptible } from './interruption.ts';
import type { WorkflowOptions } from './options.ts';
import type { Answer } from './output/answer.ts';
import { type RequestedRun, startWorkflow } from './run-workflow.ts';
import type { Surroundings } from './surroundings.ts';

/** Starts a run in AWS and leaves it there, at once. */
export async function detached(
  request: RequestedRun,
  found: FoundPlanFile,
  options: WorkflowOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const { run, workflow } = await interruptible(surroundings.signals, (signal) =>
    startWorkflow(request, found, options, surroundings, signal),
  );
  const watch = watchCommand(run.run, options);
  return {
    document: { run: run.run, plan: run.plan, state: 'RUNNING', watch },
    text: ({ bold }) => `${request.title} ${workflow.place}. Run: ${bold(run.run)}\nTo follow it: ${watch}`,
  };
}
