import { resolve } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { loadDefinition } from '../../cli/local/definition.ts';
import type { WorkflowName } from '../../cli/workflow.ts';
import { allStates, readDefinitions } from '../state-machines/definition.ts';

/** What a run that goes well finds. */
export interface Course {
  hasTables: boolean;
  hasSearch: boolean;
  /** How often the steps that look whether something is done do so, by their states: the last look finds it done. */
  looks: Record<string, number>;
}

/** What an execution went through. */
export interface Rehearsal {
  /** The states that were entered, in order: each is a state transition that is paid for. */
  states: string[];
  tasks: number;
}

const stateSchema = z.record(z.string(), z.json());

/**
 * Runs a state machine as it is deployed, with steps that do nothing and waits that are over at once, to see which states
 * an execution enters.
 */
export async function rehearse(workflow: WorkflowName, course: Course): Promise<Rehearsal> {
  const definition = (await readDefinitions())[workflow];
  if (definition === undefined) throw new Error(`There is no state machine ${workflow}.`);
  const states = allStates(definition);
  const namesOf = (type: string) => states.filter(([, { Type }]) => Type === type).map(([name]) => name);
  const unknown = Object.keys(course.looks).filter((name) => !namesOf('Task').includes(name));
  if (unknown.length > 0) throw new Error(`The ${workflow} has no task ${unknown.join(', ')}.`);

  const file = resolve(import.meta.dirname, `../../statemachines/${workflow}.asl.yml`);
  const execution = new StateMachine(await loadDefinition(file)).run(
    {},
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(namesOf('Task').map((name) => [name, stepOf(name, course)])),
        waitTimeOverrides: Object.fromEntries(namesOf('Wait').map((name) => [name, 0])),
      },
      context: { Execution: { Name: 'rehearsal' } },
    },
  );
  const entered: string[] = [];
  for await (const event of execution.eventLogs) if (event.type === 'StateEntered') entered.push(event.state.name);
  await execution.result;
  return { states: entered, tasks: entered.filter((name) => namesOf('Task').includes(name)).length };
}

/** What a state of the definitions takes from those before it. */
const passedOn = {
  catalog: 'catalog',
  plan: 'rehearsal',
  deadlineAt: '2030-01-01T00:00:00.000Z',
  lastStep: 'PlanRestore',
};

function stepOf(name: string, { hasTables, hasSearch, looks }: Course) {
  let calls = 0;
  return async (input: unknown) => {
    calls += 1;
    const progress = calls === looks[name] ? 'DONE' : 'RUNNING';
    const safetyPoint = { run: 'rehearsal-safety', hasTables, hasSearch };
    const found = { hasTables, hasSearch, hasSwap: false, dryRun: false, progress, waitSeconds: 1, safetyPoint };
    return { ...passedOn, ...stateSchema.parse(input), ...found };
  };
}
