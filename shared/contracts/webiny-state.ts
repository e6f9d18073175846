import * as z from 'zod';

const text = z.string({ error: 'is not a text' }).nullish();
const texts = z.array(z.string(), { error: 'is not a list of texts' }).nullish();

/** The outputs of Webiny's core application: those of 5.x say elasticsearch where those of 6.x say opensearch. */
export const webinyOutputsSchema = z.object({
  region: text,
  primaryDynamodbTableName: z.string({ error: 'is not there' }),
  primaryDynamodbTableArn: z.string({ error: 'is not there' }).regex(/^arn:/, 'is not an ARN'),
  opensearchDynamodbTableName: text,
  elasticsearchDynamodbTableName: text,
  logDynamodbTableName: text,
  auditLogsDynamodbTableName: text,
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

const resourceSchema = z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() });

/** The state of a stack, as Pulumi keeps it in a file. */
export const webinyStateSchema = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z.array(resourceSchema).nullish(),
        pending_operations: z.array(z.unknown()).nullish(),
      })
      .nullish(),
  }),
});

/** Where a function of Webiny finds the prefix of its indices. */
export const webinyFunctionSchema = z.object({
  environment: z.object({ variables: z.object({ ELASTIC_SEARCH_INDEX_PREFIX: z.string().min(1) }) }),
});
