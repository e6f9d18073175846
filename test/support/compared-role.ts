import { inject } from 'vitest';
import { callsMadeSince } from './calls-made.ts';
import { packagedTemplate, rolesOf } from './packaged-template.ts';
import { unseen } from './role-exceptions.ts';

/** How a role of the packaged template differs from what the functions that run with it called since a moment. */
export async function compareRole(role: string, since: Date) {
  const { environment, planFile, domain, recorder } = inject('deployed');
  const fronts = [recorder, environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', domain];
  const calls = (await callsMadeSince(since, environment.AWS_ENDPOINT_URL ?? '', fronts)).get(role) ?? [];
  const { resources } = await packagedTemplate(planFile);
  const allowed = (rolesOf(resources).get(role) ?? []).flatMap(({ Action }) => Action);
  const called = calls.map(({ action }) => action);
  const needed = [...called, ...Object.values(unseen[role] ?? {}).flat()];
  return {
    called: [...new Set(called)],
    denied: calls.filter(({ denied }) => denied),
    notAllowed: called.filter((action) => !allowed.includes(action)),
    notNeeded: allowed.filter((action) => !needed.includes(action)),
  };
}
