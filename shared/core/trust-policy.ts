import { holds, type KnownKeys, type Operator, type Truth, valueIs } from './policy-condition.ts';
import { coversAction, isAbout, isEverybody, isLike, type PolicyStatement, statementsOf } from './policy-document.ts';

/** The domain that a service assumes a role for. */
export interface ServedDomain {
  partition: string;
  region: string;
  account: string;
  /** Undefined where the address of the domain does not tell it. */
  name: string | undefined;
}

/** Whether a service may assume a role; or which conditions do not hold, or may not. */
export type Trust =
  | { verdict: 'trusted' | 'denied' | 'silent' }
  | { verdict: 'unmet' | 'unclear'; conditions: string[] };

/** What a role's trust policy says. */
export interface RoleTrust {
  services: (Trust & { service: string })[];
  /** The services that it names in what it allows, whatever the conditions. */
  named: string[];
  /** True where everybody, of every account, may assume the role. */
  everybody: boolean;
}

const action = 'sts:AssumeRole';

/**
 * Whether a role's trust policy lets services assume the role when they do so for a domain: they then tell the domain's
 * account and ARN. Of conditions that are on something else it cannot be told whether they hold.
 *
 * @param policy JSON text
 * @throws TandemError POLICY_UNREADABLE
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustIn(policy: string, services: readonly string[], domain: ServedDomain): RoleTrust {
  const statements = statementsOf(policy, 'the snapshot role').filter((statement) => coversAction(statement, action));
  const grants = statements.filter(({ Effect }) => Effect === 'Allow');
  return {
    services: services.map((service) => ({ service, ...trustOf(service, statements, keysOf(domain)) })),
    named: grants.flatMap(({ Principal }) => Principal?.Service ?? []),
    everybody: grants.some(({ Principal, Condition }) => Condition === undefined && isEverybody(Principal)),
  };
}

function trustOf(service: string, statements: PolicyStatement[], known: KnownKeys): Trust {
  const fitting = statements
    .filter((statement) => isAbout(statement, { kind: 'Service', name: service }))
    .map((statement) => ({ ...statement, truth: holds(statement.Condition, known) }));
  const denials = fitting.filter(({ Effect, truth }) => Effect === 'Deny' && truth !== false);
  if (denials.some(({ truth }) => truth === true)) return { verdict: 'denied' };
  const grants = fitting.filter(({ Effect }) => Effect === 'Allow');
  if (grants.length === 0) return { verdict: 'silent' };
  const possible = grants.filter(({ truth }) => truth !== false);
  if (possible.length === 0) return { verdict: 'unmet', conditions: grants.flatMap(wordsOf) };
  if (denials.length === 0 && possible.some(({ truth }) => truth === true)) return { verdict: 'trusted' };
  return { verdict: 'unclear', conditions: [...denials, ...possible].flatMap(wordsOf) };
}

/** What a service tells when it assumes a role; whoever is no service would tell an external id. */
function keysOf(domain: ServedDomain): KnownKeys {
  return {
    'aws:sourceaccount': valueIs(domain.account),
    'aws:sourcearn': (wanted, operator) => isOfDomain(domain, wanted, operator),
    'aws:principalisawsservice': valueIs('true'),
    'sts:externalid': null,
  };
}

/** Stands for a name that is not known: of patterns only those fit it that take every name. */
const unknownName = '?';

function isOfDomain({ partition, region, account, name }: ServedDomain, wanted: string, operator: Operator): Truth {
  const ofAccount = `arn:${partition}:es:${region}:${account}:domain/`;
  const truth = valueIs(ofAccount + (name ?? unknownName))(wanted, operator);
  if (truth === true || name !== undefined) return truth;
  const [, domains] = /^(.*:domain\/)/s.exec(wanted) ?? [];
  return domains !== undefined && isLike(ofAccount, domains) ? undefined : false;
}

/** `aws:SourceAccount StringEquals 999999999999` */
function wordsOf({ Condition }: Pick<PolicyStatement, 'Condition'>): string[] {
  return Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${key} ${operator} ${values.join(' or ')}`),
  );
}
