import { stringify } from 'yaml';
import { planResources } from '../../resources/plan-resources.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';

type Plans = Record<string, unknown>;

/** What the template gets from a plan file with these plans. @param others what else the plan file says */
export function templateOf(plans: Plans, others: Record<string, unknown> = {}) {
  const text = stringify({ version: 1, catalog: { bucket: 'the-catalog' }, plans, ...others });
  const { resources, ...rest } = planResources(parsePlanFile(text, 'tandem.yml'));
  const { Resources, Outputs, extensions } = resources;
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  return { ...rest, resources: Resources, outputs: Outputs, extensions, ofType };
}

export const endpoint = 'https://search-my-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';
export const repository = { name: 'tandem', bucket: 'snapshots', roleArn: 'arn:aws:iam::111122223333:role/snapshot' };

/** A plan with a search side alone, whose repository differs from the usual one in this. */
export function searching(differences: object = {}, search: object = {}) {
  return { search: { endpoint, repository: { ...repository, ...differences }, ...search } };
}
