import { TandemError } from '../shared/errors/tandem-error.ts';
import type { TemplateResource } from './template-resource.ts';

type Template = Record<string, Pick<TemplateResource, 'Type'> & Partial<TemplateResource>>;

/** What there is in the account before it is deployed to. */
export interface Present {
  /** The names of what the stack has made, by their ids in its template; none of a stack that is not there. */
  stack: ReadonlyMap<string, string>;
  /** Whether the account has a bucket, or a role, of a name. */
  has(type: NamedType, name: string): Promise<boolean>;
}

export type NamedType = keyof typeof named;

/** What the plan file names itself, and where it says that it is there already. */
const named = {
  'AWS::S3::Bucket': {
    what: 'bucket',
    nameOf: 'BucketName',
    existing: 'catalog.existing: true for the catalog, or existing: [bucket] in the repository',
    remove: (name: string) => `aws s3 rb s3://${name}`,
  },
  'AWS::IAM::Role': {
    what: 'role',
    nameOf: 'RoleName',
    existing: 'existing: [role] in the repository',
    remove: () => 'in IAM',
  },
} as const;

/**
 * Refuses a deployment that would make what is there already, which AWS says only when half of it is made: a removed
 * deployment keeps its buckets, and so does a first one that failed. Refuses as well to delete the snapshot role that the
 * stack has made because the plan file now says that it exists.
 *
 * @throws TandemError NAME_TAKEN, PLAN_FILE_INVALID
 */
export async function refuseTakenNames(template: Template, { stack, has }: Present): Promise<void> {
  for (const [id, { Type, Properties = {} }] of Object.entries(template)) {
    if (!isNamed(Type)) continue;
    const { what, nameOf, existing, remove } = named[Type];
    const name = Properties[nameOf];
    if (typeof name !== 'string' || stack.get(id) === name || !(await has(Type, name))) continue;
    throw new TandemError('NAME_TAKEN', `The ${what} ${name} is there already, and this deployment did not make it.`, {
      remedy:
        `If a deployment before this one kept it, with recovery points, say so in the plan file: ${existing}. ` +
        `If nobody needs it, as after a first deployment that failed, delete it: ${remove(name)}. Otherwise choose another name.`,
    });
  }
  const existing = rolesNamedIn(template);
  for (const [id, name] of stack) {
    if (!id.startsWith('SnapshotRole') || id in template || !existing.has(name)) continue;
    const message = `The plan file says that the role ${name} exists, but this deployment has made it, and would delete it.`;
    throw new TandemError('PLAN_FILE_INVALID', message, {
      remedy: 'Take role out of existing in search.repository.',
    });
  }
}

/** The names of the roles whose ARNs a template holds, whatever their paths. */
function rolesNamedIn(template: Template): Set<string> {
  const arns = JSON.stringify(template).matchAll(/:role\/(?:[^"]*\/)?(?<name>[^"/]+)"/g);
  return new Set([...arns].flatMap(({ groups }) => groups?.name ?? []));
}

function isNamed(type: string): type is NamedType {
  return type in named;
}
