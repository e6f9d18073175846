import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { Contact } from '../../ports/endpoint-probe.ts';
import { domainAt } from '../domain-address.ts';
import { domainChecks } from './checks/domain.ts';
import { type Finding, finderOf, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';

const found = finderOf(domainChecks);

/** What was seen of the way to a domain. */
export interface EndpointFacts {
  search: SearchPlan;
  contact: Contact;
  /** What it answers when it is asked what it is. */
  engine: Observed<unknown>;
  /** True where the workflows run on this machine. */
  runsHere: boolean;
}

/** What a domain that is reached ends in where it does not say what it is. */
const doesNotAnswer: readonly ErrorCode[] = ['SERVICE_UNAVAILABLE', 'NO_CONNECTION', 'NO_ANSWER', 'PROVIDER_FAILURE'];

/** Whether the domain is reached, takes the caller for somebody, and lets him in; one after the other. */
export function judgeEndpoint(facts: EndpointFacts): Finding[] {
  const { contact, engine, search } = facts;
  const host = new URL(search.endpoint).hostname;
  if (!contact.reached) return [judgeContact(contact, facts), ...notReached()];
  if ('seen' in engine) {
    const how = { sigv4: 'signed', basic: 'by name and password', none: 'without authorization' }[search.auth.type];
    return [ok('ENDPOINT', host), ok('REQUESTS_SIGNED', how), ok('DOMAIN_ACCESS', 'the caller is let in')];
  }
  const { code, message: why } = engine.unseen;
  if (code === 'SEARCH_NOT_A_CLUSTER') return [found('ENDPOINT', 'stranger', { why }), ...notReached()];
  if (code === 'CREDENTIALS_MISSING' || code === 'SEARCH_UNAUTHORIZED') {
    return [ok('ENDPOINT', host), ...judgeRefusal(why, search.auth, facts.runsHere)];
  }
  if (code !== undefined && doesNotAnswer.includes(code)) {
    return [
      found('ENDPOINT', 'unavailable', { why, domain: domainAt(search.endpoint)?.name ?? host }),
      ...notReached(),
    ];
  }
  // What Secrets Manager keeps from the caller it may tell the functions; what is not there, or no password, nobody is told.
  if (code === 'SECRET_UNREADABLE' && (facts.runsHere || !/AccessDenied/.test(why))) {
    return [ok('ENDPOINT', host), found('REQUESTS_SIGNED', 'noPassword', { why }), ...notKnown()];
  }
  return [ok('ENDPOINT', host), notChecked('REQUESTS_SIGNED', why), notChecked('DOMAIN_ACCESS', why)];
}

function notReached(): Finding[] {
  const why = 'the domain is not reached from here';
  return [notChecked('REQUESTS_SIGNED', why), notChecked('DOMAIN_ACCESS', why)];
}

function judgeContact(contact: Exclude<Contact, { reached: true }>, { search, runsHere }: EndpointFacts): Finding {
  const { hostname: host, port: given, protocol } = new URL(search.endpoint);
  const port = given === '' ? ({ 'https:': 443, 'http:': 80 }[protocol] ?? 443) : given;
  const { failure, why } = contact;
  switch (failure) {
    case 'unresolved':
      return found('ENDPOINT', 'unresolved', { host });
    case 'nameService':
      return found('ENDPOINT', 'noNameService', { host });
    case 'refused':
      return found('ENDPOINT', 'refused', { host, port });
    case 'cutOff':
      return found('ENDPOINT', 'cutOff', { host, port });
    case 'tls':
      return found('ENDPOINT', 'tls', { host, why });
    case 'timeout':
    case 'noRoute':
      return judgeSilence(contact, { host, port }, search, runsHere);
  }
}

/** A private address that does not answer is that of a network that we are not in, or whose security group keeps us out. */
function judgeSilence(
  { failure, isPrivate, isNear }: Exclude<Contact, { reached: true }>,
  { host, port }: { host: string; port: string | number },
  { vpc }: SearchPlan,
  runsHere: boolean,
): Finding {
  if (!isPrivate)
    return failure === 'timeout'
      ? found('ENDPOINT', 'timeout', { host, port })
      : found('ENDPOINT', 'noRoute', { host });
  if (!runsHere && vpc !== undefined) {
    return notChecked(
      'ENDPOINT',
      `${host} is in a VPC that this machine is not in, but the functions are; run it from inside the VPC`,
    );
  }
  if (isNear) {
    const [ownGroup = 'sg-...'] = vpc?.securityGroups ?? [];
    return found('ENDPOINT', 'securityGroup', { host, port, domainGroup: 'sg-...', ownGroup });
  }
  return found('ENDPOINT', runsHere ? 'outsideVpcLocal' : 'outsideVpc', { host });
}

function notKnown(): Finding[] {
  return [notChecked('DOMAIN_ACCESS', 'the domain does not know the caller')];
}

/**
 * The words of the AWS front end: an unsigned caller is called anonymous; what concerns signatures says so. Whom the
 * security plugin refuses, the front end has let in.
 */
function judgeRefusal(why: string, auth: SearchPlan['auth'], runsHere: boolean): Finding[] {
  const known = ok('REQUESTS_SIGNED', 'the caller is known');
  if (why.includes('no permissions for')) return [known, ok('DOMAIN_ACCESS', 'the caller is let in')];
  if (auth.type === 'none' || why.includes('User: anonymous')) {
    return [found('REQUESTS_SIGNED', 'anonymous', { why }), ...notKnown()];
  }
  const isKnown = why.includes('is not authorized to perform');
  if (!isKnown && /signature|security token|scoped to a valid region|credential/i.test(why)) {
    return [found('REQUESTS_SIGNED', 'signature', { why }), ...notKnown()];
  }
  if (!isKnown && auth.type === 'basic') {
    return [found('REQUESTS_SIGNED', 'password', { why, secret: auth.secret }), ...notKnown()];
  }
  if (runsHere) return [known, found('DOMAIN_ACCESS', 'denied', { why })];
  return [known, notChecked('DOMAIN_ACCESS', `AWS does not let you in; the functions have roles of their own: ${why}`)];
}
