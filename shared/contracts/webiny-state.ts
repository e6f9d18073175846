import * as z from 'zod';

/** By this key and this value Pulumi tells a secret from any other object. */
const secretSchema = z.object({
  '4dabf18193072939515e22adb298388d': z.literal('1b47061264138c4ac30d75fd1eb44270'),
  /** Its JSON text, in a state that was exported with --show-secrets; else there is a ciphertext. */
  plaintext: z.string().optional(),
});

/** A value that may be a secret; one that cannot be read stays as it is. */
function revealed(value: unknown): unknown {
  const { plaintext } = secretSchema.safeParse(value).data ?? {};
  try {
    return plaintext === undefined ? value : JSON.parse(plaintext);
  } catch {
    return value;
  }
}

/** Says of a value that is not what it has to be why it is not. */
function unless(otherwise: string) {
  return {
    error: ({ input }: { input?: unknown }) => (secretSchema.safeParse(input).success ? 'is encrypted' : otherwise),
  };
}

function maybe<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => revealed(value) || undefined, schema.optional());
}

const text = maybe(z.string(unless('is not a text')));
const texts = maybe(z.array(z.string(), unless('is not a list of texts')));
const tableName = z.string(unless('is not there')).regex(/^[A-Za-z0-9_.-]{3,255}$/, 'is not the name of a table');

/** The outputs of Webiny's core application: those of 5.x say elasticsearch where those of 6.x say opensearch. */
export const webinyOutputsSchema = z.object({
  region: text,
  primaryDynamodbTableName: z.preprocess(revealed, tableName),
  primaryDynamodbTableArn: z.preprocess(revealed, z.string(unless('is not there'))),
  opensearchDynamodbTableName: maybe(tableName),
  elasticsearchDynamodbTableName: maybe(tableName),
  logDynamodbTableName: maybe(tableName),
  auditLogsDynamodbTableName: maybe(tableName),
  databaseSetup: text,
  opensearchDomainName: text,
  opensearchDomainArn: text,
  elasticsearchDomainArn: text,
  opensearchDomainEndpoint: text,
  elasticsearchDomainEndpoint: text,
  vpcPrivateSubnetIds: texts,
  vpcSecurityGroupIds: texts,
  fileManagerBucketId: text,
  cognitoUserPoolId: text,
});
export type WebinyOutputs = z.output<typeof webinyOutputsSchema>;

const resourceSchema = z.object({
  type: z.string(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
  /** It was replaced, and what was there before is to be deleted still. */
  delete: z.boolean().nullish(),
  /** The deployment reads it, and neither made it nor deletes it. */
  external: z.boolean().nullish(),
});
export type WebinyResource = z.output<typeof resourceSchema>;

const deploymentSchema = z.object({
  resources: z.array(resourceSchema).nullish(),
  /** What Pulumi was about to do when the state was written. */
  pending_operations: z.array(z.unknown()).nullish(),
});
type Deployment = z.output<typeof deploymentSchema>;

export const stackType = 'pulumi:pulumi:Stack';

/** The state of a stack: as Pulumi keeps it in a file, as `pulumi stack export` tells it, or its outputs alone. */
export const webinyStateSchema = z.union([
  z
    .object({ checkpoint: z.object({ latest: deploymentSchema.nullish() }) })
    .transform(({ checkpoint }): Deployment => checkpoint.latest ?? {}),
  z.object({ deployment: deploymentSchema }).transform(({ deployment }): Deployment => deployment),
  z
    .looseObject({ primaryDynamodbTableName: z.string() })
    .transform((outputs): Deployment => ({ resources: [{ type: stackType, outputs }] })),
]);

export const tableType = 'aws:dynamodb/table:Table';
export const domainTypes = ['aws:opensearch/domain:Domain', 'aws:elasticsearch/domain:Domain'];

/** A table that belongs to the deployment. */
export const webinyTableSchema = z.object({ type: z.literal(tableType), outputs: z.object({ name: tableName }) });

const networkSchema = z.object({ subnetIds: z.array(z.string()), securityGroupIds: z.array(z.string()) });

/** What a search domain that the deployment made, or reads, is like. */
export const webinyDomainSchema = z.object({
  type: z.enum(domainTypes),
  outputs: z.object({
    endpoint: z.string(),
    /** `OpenSearch_2.11`; a domain of the older type has `elasticsearchVersion` instead, such as `7.10`. */
    engineVersion: z.string().optional(),
    elasticsearchVersion: z.string().optional(),
    advancedSecurityOptions: z.object({ enabled: z.boolean().nullish() }).nullish(),
    vpcOptions: networkSchema.nullish(),
  }),
});

/** A function in a network, and what it is told: the address of the domain, where it talks to that. */
export const webinyFunctionInVpcSchema = z.object({
  outputs: z.object({
    environment: z.object({ variables: z.record(z.string(), z.unknown()) }),
    vpcConfig: networkSchema,
  }),
});

const prefix = z.string().min(1);

/** Where a function of Webiny finds the prefix of its indices: in 6.x, and in 5.x. */
export const webinyFunctionSchema = z
  .object({
    outputs: z.object({
      environment: z.object({
        variables: z.union([
          z.object({ OPENSEARCH_INDEX_PREFIX: prefix }).transform((found) => found.OPENSEARCH_INDEX_PREFIX),
          z.object({ ELASTIC_SEARCH_INDEX_PREFIX: prefix }).transform((found) => found.ELASTIC_SEARCH_INDEX_PREFIX),
        ]),
      }),
    }),
  })
  .transform(({ outputs }) => outputs.environment.variables);
