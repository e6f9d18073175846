import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Executions } from '../../shared/ports/executions.ts';
import type { WorkflowName } from '../workflow.ts';

export interface DeployedStateMachine {
  stage: string;
  name: string;
  arn: string;
}

/**
 * Finds the state machine `tandem-<stage>-<workflow>` of the account and region.
 *
 * @param stage not needed where there is one stage alone
 * @throws TandemError NOT_DEPLOYED, STAGE_UNCLEAR
 */
export async function findStateMachine(
  executions: Pick<Executions, 'machines'>,
  workflow: WorkflowName,
  stage: string | undefined,
): Promise<DeployedStateMachine> {
  const deployed = (await executions.machines()).flatMap((machine) => {
    const ofStage = stageOf(machine.name, workflow);
    return ofStage === undefined ? [] : [{ ...machine, stage: ofStage }];
  });
  const stages = deployed.map((machine) => machine.stage).join(', ');
  const candidates = stage === undefined ? deployed : deployed.filter((machine) => machine.stage === stage);
  const [found, another] = candidates;
  if (found === undefined) {
    const where = stages === '' ? 'is not deployed here' : `is not deployed as stage "${stage}"; there is: ${stages}`;
    throw new TandemError('NOT_DEPLOYED', `Tandem ${where}.`);
  }
  if (another !== undefined) throw new TandemError('STAGE_UNCLEAR', `Tandem is deployed in several stages: ${stages}.`);
  return found;
}

function stageOf(machine: string, workflow: WorkflowName): string | undefined {
  return new RegExp(`^tandem-(?<stage>.+)-${workflow}$`).exec(machine)?.groups?.stage;
}
