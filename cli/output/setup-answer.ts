import type { Change, DomainState } from '../../shared/contracts/setup.ts';
import type { DomainAccess, Lack } from '../../shared/steps/setup/domain-access.ts';
import { exitCodes } from '../exit-code.ts';
import type { Answer } from './answer.ts';
import type { Colors } from './colors.ts';

/** A set-up that was planned or done. */
interface SetUp {
  plan: string;
  state: 'PLANNED' | 'SET_UP' | 'UNFINISHED';
  place: string;
  principals: string[];
  /** What would be changed, or was. */
  changes: Change[];
  /** What is not as it should be still. */
  remaining: Change[];
  domain: DomainState;
  access: DomainAccess;
}

/** What `tandem setup` answers. */
export function setupAnswer(setUp: SetUp): Answer {
  const exitCode = setUp.state === 'UNFINISHED' ? exitCodes.differences : exitCodes.done;
  return { document: documentOf(setUp), text: (colors) => textOf(setUp, colors), exitCode };
}

function documentOf({ access, domain, ...setUp }: SetUp) {
  const { changes: _, ...found } = domain;
  return {
    ...setUp,
    domain: found,
    access: { unknown: access.unknown ?? null, lacks: access.lacks },
  };
}

function textOf({ plan, state, place, changes, domain, access }: SetUp, colors: Colors): string {
  const headline = {
    PLANNED: `The set-up of plan ${colors.bold(plan)} ${place} would change:`,
    SET_UP: `The domain of plan ${colors.bold(plan)} is ${colors.green('set up')}, ${place}. Changed:`,
    UNFINISHED: `The domain of plan ${colors.bold(plan)} is ${colors.red('not as it should be')} still. Changed:`,
  }[state];
  return [
    headline,
    ...(changes.length === 0 ? ['  nothing'] : changeLines(changes, colors)),
    '',
    colors.bold('The domain'),
    ...domainLines(domain),
    ...accessLines(access, colors),
  ].join('\n');
}

/** What a set-up changes, for somebody who is about to confirm it. */
export function changeLines(changes: Change[], colors: Colors): string[] {
  return changes.map(({ what, name, does }) => `  ${colors.green(what)} ${name}: ${does}`);
}

function domainLines({ security, repository }: DomainState): string[] {
  const settings = Object.entries(repository?.settings ?? {}).map(([key, value]) => `${key} ${value}`);
  return [
    repository === null ? '  repository: not registered' : `  repository ${repository.name}: ${settings.join(', ')}`,
    security === null
      ? '  fine-grained access control: none'
      : `  fine-grained access control: through ${security.dialect}`,
    ...Object.entries(security?.mappings ?? {}).map(
      ([role, { backendRoles, users }]) => `  role ${role}: ${[...backendRoles, ...users].join(', ') || 'nobody'}`,
    ),
  ];
}

function accessLines({ unknown, lacks }: DomainAccess, colors: Colors): string[] {
  if (unknown !== undefined) return [`  who may reach it in IAM: not checked: ${unknown}`];
  if (lacks.length === 0) return ['  who may reach it in IAM: all that are to work with it'];
  return lacks.flatMap((lack) => ['', ...lackLines(lack, colors)]);
}

function lackLines({ principal, actions, denied, policyOf, statement }: Lack, colors: Colors): string[] {
  const what = `${principal} may not ${actions.join(', ')}`;
  const where = policyOf === 'domain' ? "the domain's access policy" : "the principal's own policies";
  if (denied) {
    return [
      `${colors.red('denied:')} ${what}: a statement of ${where} forbids it. Remove that Deny, or use another role.`,
    ];
  }
  const how = policyOf === 'domain' ? ' (--apply-policy does it)' : '';
  return [`${colors.yellow('missing:')} ${what}. Add to ${where}${how}:`, JSON.stringify(statement, null, 2)];
}
