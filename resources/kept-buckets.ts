import type { planResources } from './plan-resources.ts';

/** What outlives the stack of these resources, and why; for people. */
export function whatIsKept({ resources }: Pick<ReturnType<typeof planResources>, 'resources'>): string {
  const kept = Object.entries(resources.Resources).filter(
    ([, { Type, DeletionPolicy }]) => Type === 'AWS::S3::Bucket' && DeletionPolicy === 'Retain',
  );
  const lines = kept.map(([id, { Properties }]) => `  ${Properties.BucketName}  ${contents(id)}`);
  return [
    'Removing the deployment keeps these buckets, because nothing can make again what is in them:',
    ...lines,
    'It keeps the table backups, which DynamoDB holds, and the registration of the repositories at the domains.',
    'To deploy again later, say of the buckets in the plan file that they are there: catalog.existing: true, and',
    'existing: [bucket] of the repositories. To be rid of them, empty and delete them by hand.',
  ].join('\n');
}

function contents(id: string): string {
  return id === 'CatalogBucket' ? 'the manifests: what belongs to which recovery point' : 'the index snapshots';
}
