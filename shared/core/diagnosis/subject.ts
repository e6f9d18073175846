import type { Plan, PlanFile } from '../../contracts/plan-file.ts';
import { isReadOnly } from '../repository.ts';
import { type Observed, seenOf, unseen } from './observed.ts';

/** What is being diagnosed: a plan, as it is deployed or as it runs on this machine. */
export interface Subject {
  name: string;
  plan: Plan;
  file: PlanFile;
  /** The stage of the deployment; why there is none to look at; or undefined where the workflows run on this machine. */
  deployed: Observed<string> | undefined;
  region: string;
}

/** The stage that remedies name, where none is known. */
const usualStage = 'prod';

export function stageOf({ deployed }: Pick<Subject, 'deployed'>): Observed<string> {
  return deployed ?? unseen('with --local nothing of a deployment is looked at');
}

/** Where remedies deploy to. */
export function target({ deployed, region }: Subject): { stage: string; region: string } {
  return { stage: (deployed && seenOf(deployed)) ?? usualStage, region };
}

/** Of a second domain that only reads what the first one backs up. */
export function isForRestoresAlone({ schedule, search }: Plan): boolean {
  return schedule === undefined && search !== undefined && isReadOnly(search.repository.settings);
}

export const noSearch = 'the plan has no search domain';
export const noTables = 'the plan has no tables';
