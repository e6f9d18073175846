import * as z from 'zod';

/** Of the security plugin: who the caller is to it. */
export const securityCallerSchema = z.object({ roles: z.array(z.string()).default([]) });

export const actionGroupsSchema = z.record(
  z.string(),
  z.object({ allowed_actions: z.array(z.string()).default([]) }).transform(({ allowed_actions }) => allowed_actions),
);

/** What the security plugin says where it did what was asked. */
export const securityDoneSchema = z.object({ status: z.enum(['OK', 'CREATED']) });

const indexPermissionSchema = z
  .object({
    index_patterns: z.array(z.string()),
    allowed_actions: z.array(z.string()),
    dls: z.string().nullish(),
    fls: z.array(z.string()).nullish(),
    masked_fields: z.array(z.string()).nullish(),
  })
  .transform(({ index_patterns, allowed_actions, dls, fls, masked_fields }) => {
    const isNarrowed = [dls, fls, masked_fields].some((limit) => limit != null && limit.length > 0);
    const permission = { indexPatterns: index_patterns, allowedActions: allowed_actions };
    return isNarrowed ? { ...permission, narrowed: true } : permission;
  });

export const securityRolesSchema = z.record(
  z.string(),
  z
    .object({
      cluster_permissions: z.array(z.string()).default([]),
      index_permissions: z.array(indexPermissionSchema).default([]),
    })
    .transform(({ cluster_permissions, index_permissions }) => ({
      clusterPermissions: cluster_permissions,
      indexPermissions: index_permissions,
    })),
);

export const securityMappingsSchema = z.record(
  z.string(),
  z
    .object({
      backend_roles: z.array(z.string()).default([]),
      users: z.array(z.string()).default([]),
      reserved: z.boolean().default(false),
    })
    .transform(({ backend_roles, users, reserved }) => ({ backendRoles: backend_roles, users, isReserved: reserved })),
);
