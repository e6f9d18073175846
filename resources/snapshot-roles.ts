import type { PlanFile, SearchPlan } from '../shared/contracts/plan-file.ts';
import { policyDocument, type Statement } from './access-policy.ts';
import { bucketArn } from './arn.ts';
import { distinct } from './distinct.ts';
import { domainArn } from './domain-arn.ts';
import { keyUse } from './encryption.ts';
import { logicalId } from './logical-id.ts';
import { searchPlans } from './repositories.ts';
import { withRestoreDomains } from './restore-domains.ts';

/**
 * The roles that domains write their snapshots with, but for those that are there already. A self-managed cluster has
 * keys of its own instead, and a plan for one names no role.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html
 */
export function snapshotRoles(planFile: PlanFile) {
  return Object.fromEntries(
    rolesToMake(planFile).map(({ arn, searches }) => [roleId(arn), snapshotRole(arn, searches, planFile.kmsKey)]),
  );
}

export function snapshotRoleOutputs(planFile: PlanFile) {
  return Object.fromEntries(
    rolesToMake(planFile).map(({ arn }) => [
      roleId(arn),
      { Description: 'A role that a domain writes its snapshots with', Value: { 'Fn::GetAtt': [roleId(arn), 'Arn'] } },
    ]),
  );
}

interface RoleToMake {
  arn: string;
  searches: SearchPlan[];
}

/** A role that several plans share is made once, for all of their domains and places, and not at all if one says it exists. */
function rolesToMake(planFile: PlanFile): RoleToMake[] {
  const bySharedRole = Map.groupBy(searchPlans(planFile), ({ repository }) => repository.roleArn);
  return [...bySharedRole].flatMap(([arn, searches]) => {
    const exists = searches.some(({ repository }) => repository.existing.includes('role'));
    return arn === undefined || exists ? [] : [{ arn, searches }];
  });
}

function snapshotRole(arn: string, searches: SearchPlan[], kmsKey: string | undefined) {
  const [, path, name] = /:role(\/(?:.*\/)?)(.+)$/.exec(arn) ?? [];
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      Path: path,
      Description: 'Writes and reads the snapshots of a search domain',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trustIn(searches)] },
      Policies: [{ PolicyName: 'snapshots', PolicyDocument: policyDocument(snapshots(searches, kmsKey)) }],
    },
  };
}

/** AWS's own pages name the one service or the other. The conditions keep either from using the role for anybody else. */
function trustIn(searches: SearchPlan[]) {
  return {
    Effect: 'Allow',
    Principal: { Service: ['es.amazonaws.com', 'opensearchservice.amazonaws.com'] },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnLike: { 'aws:SourceArn': distinct(withRestoreDomains(searches).map(({ endpoint }) => domainArn(endpoint))) },
    },
  };
}

/** Everything that a repository holds is below its base path. */
function snapshots(searches: SearchPlan[], kmsKey: string | undefined): Statement[] {
  const places = searches.map(({ repository: { bucket, basePath } }) =>
    basePath === '' ? `${bucket}/*` : `${bucket}/${basePath}/*`,
  );
  const buckets = searches.map(({ repository }) => repository.bucket);
  return [
    { Action: ['s3:ListBucket'], Resource: distinct(buckets).map(bucketArn) },
    { Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: distinct(places).map(bucketArn) },
    ...(kmsKey === undefined ? [] : [keyUse(kmsKey, ['s3'])]),
  ];
}

const roleId = (arn: string) => logicalId('SnapshotRole', arn);
