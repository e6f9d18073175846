import type { AccountIdentity } from '../../ports/account.ts';
import { regionOfDomain } from '../domain-address.ts';
import { accountChecks } from './checks/account.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import { type Observed, seenOf } from './observed.ts';
import type { Subject } from './subject.ts';

const found = finderOf(accountChecks);

/** Something that the plan file names, and where that is; an ARN of IAM or S3 names no region. */
interface Place {
  key: string;
  account: string | undefined;
  region: string | undefined;
}

/**
 * Whether there are credentials, and whether they are those that the plan file is about.
 *
 * @param regionOfCatalog where the bucket of the catalog has to be in the region, as a deployment makes it
 */
export function judgeAccount(
  caller: Observed<AccountIdentity>,
  subject: Subject,
  regionOfCatalog: Observed<string>,
): Finding[] {
  const places = placesWith(regionOfCatalog, subject);
  return [
    judgeCredentials(caller),
    judged('ACCOUNT', caller, ({ id: account }) => {
      const others = places.filter((place) => place.account !== undefined && place.account !== account);
      const other = others[0]?.account;
      if (other === undefined) return ok('ACCOUNT', `account ${account}`);
      return found('ACCOUNT', 'another', { account, places: keysOf(others), other });
    }),
    judgeRegion(places, subject.region),
  ];
}

/** What has to be where a plan runs; a topic or a key may well be another account's. */
const bound = ['search.endpoint', 'search.repository.roleArn', 'catalog.bucket'];

/**
 * True where nothing is deployed here, and all that is bound to its place is of another account or of another region: whatever
 * else was found missing here would be so for that alone, and to make it here would be wrong.
 */
export function isElsewhere(
  caller: Observed<AccountIdentity>,
  subject: Subject,
  regionOfCatalog: Observed<string>,
): boolean {
  if (!isUndeployed(subject)) return false;
  const places = placesWith(regionOfCatalog, subject).filter(({ key }) => bound.includes(key));
  const accounts = places.flatMap(({ account }) => account ?? []);
  const regions = places.flatMap(({ region }) => region ?? []);
  const own = seenOf(caller)?.id;
  return (own !== undefined && areOthers(accounts, own)) || areOthers(regions, subject.region);
}

/** Whether nothing is deployed, or nothing of it is used; a deployment that could not be looked for may be there. */
function isUndeployed({ deployed }: Subject): boolean {
  return deployed === undefined || ('unseen' in deployed && deployed.unseen.code === 'NOT_DEPLOYED');
}

function areOthers(named: string[], own: string): boolean {
  return named.length > 0 && !named.includes(own);
}

/** Only what says that there are none is a failure: an endpoint may not offer STS. */
export function judgeCredentials(caller: Observed<AccountIdentity>): Finding {
  if ('seen' in caller) return ok('CREDENTIALS', caller.seen.arn);
  const { code, message } = caller.unseen;
  if (code === 'CREDENTIALS_MISSING') return found('CREDENTIALS', 'missing', { why: message });
  if (code === 'REGION_MISSING') return found('CREDENTIALS', 'noRegion', { why: message });
  return notChecked('CREDENTIALS', message);
}

function judgeRegion(places: Place[], region: string): Finding {
  const others = places.filter((place) => place.region !== undefined && place.region !== region);
  const other = others[0]?.region;
  if (other === undefined) return ok('REGION', `region ${region}`);
  return found('REGION', 'another', { region, places: keysOf(others), other });
}

function keysOf(places: Place[]): string[] {
  return places.map(({ key }) => key);
}

function placesWith(regionOfCatalog: Observed<string>, subject: Subject): Place[] {
  return [...placesOf(subject), { key: 'catalog.bucket', account: undefined, region: seenOf(regionOfCatalog) }];
}

function placesOf({ plan, file }: Subject): Place[] {
  const { search, alerts } = plan;
  const host = search && new URL(search.endpoint).hostname;
  return [
    ...(host === undefined ? [] : [{ key: 'search.endpoint', account: undefined, region: regionOfDomain(host) }]),
    ...placeOfArn('search.repository.roleArn', search?.repository.roleArn),
    ...placeOfArn('alerts.topic', alerts.topic),
    ...placeOfArn('kmsKey', file.kmsKey),
  ];
}

/** `arn:aws:<service>:<region>:<account>:<resource>` */
function placeOfArn(key: string, arn: string | undefined): Place[] {
  if (arn === undefined) return [];
  const [, , , region, account] = arn.split(':');
  return [{ key, account, region: region === '' ? undefined : region }];
}
