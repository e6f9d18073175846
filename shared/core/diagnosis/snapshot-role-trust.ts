import type { RepositoryPlan } from '../../contracts/plan-file.ts';
import type { RoleTrust, ServedDomain } from '../trust-policy.ts';
import { snapshotRoleChecks } from './checks/snapshot-role.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';
import { bucketPolicy, nameInArn, services } from './snapshot-role-needs.ts';

const found = finderOf(snapshotRoleChecks);

/** What was seen of whom a role trusts. */
export interface TrustFacts {
  roleArn: string;
  repository: RepositoryPlan;
  /** For which the service takes the role. */
  domain: ServedDomain;
  /** Undefined where there is no such role. */
  trust: Observed<RoleTrust | undefined>;
  /** True where the domain has just written to the repository: what policies leave open is answered by that. */
  isVerified: boolean;
}

/** Whether the service that a domain is may take the role. */
export function judgeTrust({ trust, roleArn, repository, domain, isVerified }: TrustFacts): Finding {
  return judged('SNAPSHOT_ROLE_TRUST', trust, (existing) => {
    const values = { name: nameInArn(roleArn), policy: trustPolicy(domain) };
    if (existing === undefined) {
      const access = bucketPolicy(repository, roleArn);
      return found('SNAPSHOT_ROLE_TRUST', 'missing', { role: roleArn, ...values, access });
    }
    if (existing.everybody) return found('SNAPSHOT_ROLE_TRUST', 'everybody', values);
    const trusted = existing.services.filter(({ verdict }) => verdict === 'trusted').map(({ service }) => service);
    if (trusted.length === services.length) return ok('SNAPSHOT_ROLE_TRUST', `trusts ${trusted.join(' and ')}`);
    if (trusted.length > 0) return found('SNAPSHOT_ROLE_TRUST', 'half', { trusted, ...values });
    return judgeDistrust(existing, values, isVerified);
  });
}

/** Why neither service is trusted. */
function judgeDistrust(trust: RoleTrust, values: { name: string; policy: string }, isVerified: boolean): Finding {
  for (const { service, ...one } of trust.services) {
    switch (one.verdict) {
      case 'denied':
        return found('SNAPSHOT_ROLE_TRUST', 'denied', { service, ...values });
      case 'unmet':
        return found('SNAPSHOT_ROLE_TRUST', 'unmet', { service, conditions: one.conditions, ...values });
      case 'unclear':
        if (isVerified) return ok('SNAPSHOT_ROLE_TRUST', 'the domain has just used it');
        return notChecked(
          'SNAPSHOT_ROLE_TRUST',
          `whether it trusts ${service} depends on what is known only when the role is used: ${one.conditions.join(', ')}`,
        );
    }
  }
  const trusted = trust.named.length === 0 ? ['no service'] : trust.named;
  return found('SNAPSHOT_ROLE_TRUST', 'untrusting', { trusted, ...values });
}

function trustPolicy({ partition, region, account, name }: ServedDomain): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: services },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:es:${region}:${account}:domain/${name ?? '*'}` },
    },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
