import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Outputs = Record<string, unknown>;

/** What both major versions of Webiny tell of their core application. */
const common = {
  region: 'eu-central-1',
  deploymentId: 'a1b2c3d4',
  primaryDynamodbTableName: 'wby-webiny-1a2b3c4',
  primaryDynamodbTableArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/wby-webiny-1a2b3c4',
  primaryDynamodbTableHashKey: 'PK',
  primaryDynamodbTableRangeKey: 'SK',
  fileManagerBucketId: 'wby-fm-bucket-5d6e7f8',
  cognitoUserPoolId: 'eu-central-1_AbCdEfGhI',
};

const vpc = {
  vpcPublicSubnetIds: ['subnet-0aaa'],
  vpcPrivateSubnetIds: ['subnet-0bbb', 'subnet-0ccc'],
  vpcSecurityGroupIds: ['sg-0ddd'],
};

/** The outputs of the core application, by what is deployed. */
export const webinyOutputs = {
  /** 5.x with Elasticsearch, in no VPC. */
  v5: {
    ...common,
    elasticsearchDomainArn: 'arn:aws:es:eu-central-1:111122223333:domain/wby-webiny-js-9f8e7d6',
    elasticsearchDomainEndpoint: 'search-wby-webiny-js-9f8e7d6-abcdefghij.eu-central-1.es.amazonaws.com',
    elasticsearchDynamodbTableName: 'wby-webiny-es-4c5d6e7',
    elasticsearchDynamodbTableArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/wby-webiny-es-4c5d6e7',
  },
  /** 5.x, later: with a table of logs, in a VPC. */
  v5Production: {
    ...common,
    ...vpc,
    elasticsearchDomainArn: 'arn:aws:es:eu-central-1:111122223333:domain/wby-webiny-js-9f8e7d6',
    elasticsearchDomainEndpoint: 'vpc-wby-webiny-js-9f8e7d6-abcdefghij.eu-central-1.es.amazonaws.com',
    elasticsearchDynamodbTableName: 'wby-webiny-es-4c5d6e7',
    logDynamodbTableName: 'wby-webiny-log-8a9b0c1',
  },
  /** 5.x with DynamoDB alone. */
  v5Tables: common,
  /** 6.x with OpenSearch, in a VPC. */
  v6: {
    ...common,
    ...vpc,
    databaseSetup: 'ddb+os',
    opensearchDomainArn: 'arn:aws:es:eu-central-1:111122223333:domain/wby-webiny-os-2b3c4d5',
    opensearchDomainEndpoint: 'vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com',
    opensearchDomainName: 'wby-webiny-os-2b3c4d5',
    opensearchDynamodbTableName: 'wby-webiny-os-6f7a8b9',
    auditLogsDynamodbTableName: 'wby-webiny-audit-logs-0c1d2e3',
  },
  /** 6.x with DynamoDB alone. */
  v6Tables: {
    ...common,
    databaseSetup: 'ddb',
    opensearchDynamodbTableName: null,
    auditLogsDynamodbTableName: 'wby-webiny-audit-logs-0c1d2e3',
  },
} satisfies Record<string, Outputs>;

const stackType = 'pulumi:pulumi:Stack';

/** The resource of a domain that a deployment of 6.x made, in the network of its functions. */
export const madeDomain = {
  type: 'aws:opensearch/domain:Domain',
  outputs: {
    endpoint: webinyOutputs.v6.opensearchDomainEndpoint,
    engineVersion: 'OpenSearch_3.3',
    advancedSecurityOptions: { enabled: false, internalUserDatabaseEnabled: false },
    vpcOptions: { vpcId: 'vpc-0', subnetIds: ['subnet-0bbb', 'subnet-0ccc'], securityGroupIds: ['sg-0ddd'] },
  },
};

/** A deployment of the core application: what `pulumi stack export` tells of it. */
export function webinyDeployment(
  outputs: Outputs | undefined,
  changes: { resources?: object[]; made?: object[]; pending?: object[] } = {},
) {
  const urn = (type: string, name: string) => `urn:pulumi:prod::core::${type}::${name}`;
  const table = 'aws:dynamodb/table:Table';
  return {
    manifest: { time: '2026-11-20T10:11:12.131415Z', magic: 'a3f1', version: 'v3.155.0' },
    secrets_providers: { type: 'passphrase', state: { salt: 'v1:salt:v1:text' } },
    resources: changes.resources ?? [
      { urn: urn('pulumi:providers:aws', 'default'), custom: true, id: 'x', type: 'pulumi:providers:aws' },
      { urn: urn(stackType, 'core-prod'), custom: false, type: stackType, ...(outputs && { outputs }) },
      { urn: urn(table, 'webiny'), custom: true, id: 'y', type: table, outputs: { name: 'wby-webiny-1a2b3c4' } },
      ...(changes.made ?? [madeDomain]),
    ],
    ...(changes.pending && { pending_operations: changes.pending }),
    metadata: {},
  };
}

/** The content of a state file of Pulumi, as it stands after a deployment of the core application. */
export function webinyState(...deployment: Parameters<typeof webinyDeployment>) {
  return { version: 3, checkpoint: { stack: 'organization/core/prod', latest: webinyDeployment(...deployment) } };
}

/** Makes a folder with these files, a text, bytes or what a JSON file holds each, and answers its path. */
export async function webinyProject(files: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-webiny-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), isWhole(content) ? content : JSON.stringify(content, null, 4));
  }
  return folder;
}

function isWhole(content: unknown): content is string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array;
}
