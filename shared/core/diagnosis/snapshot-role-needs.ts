import type { RepositoryPlan } from '../../contracts/plan-file.ts';

/** AWS's guides disagree which of the two a domain is. */
export const services = ['es.amazonaws.com', 'opensearchservice.amazonaws.com'];

/** What the domain does to the bucket of a repository. */
export const bucketActions = ['s3:ListBucket'];
export const objectActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
/** And has to do with the key that the bucket is encrypted with. */
export const keyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The bucket of a repository, and all that the repository holds, which is below its base path. */
export function arnsOf({ bucket, basePath }: RepositoryPlan, roleArn: string): { bucket: string; objects: string } {
  const arn = `arn:${roleArn.split(':')[1]}:s3:::${bucket}`;
  return { bucket: arn, objects: basePath === '' ? `${arn}/*` : `${arn}/${basePath}/*` };
}

/** @param arn of a role, a user, or a role as it was assumed */
export function nameInArn(arn: string): string {
  const [kind, ...path] = (arn.split(':').at(-1) ?? '').split('/');
  return (kind === 'assumed-role' ? path[0] : path.at(-1)) ?? arn;
}

/** What a repository needs of its bucket, as a policy for the role. */
export function bucketPolicy(repository: RepositoryPlan, roleArn: string): string {
  const { bucket, objects } = arnsOf(repository, roleArn);
  return policyOf([...bucketActions, ...objectActions], [bucket, objects]);
}

/** A policy that allows actions, as JSON text. */
export function policyOf(actions: string[], resources: string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: resources };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
