import { describe, expect, test } from 'vitest';
import { readWebinyApplication } from '../../../shared/core/webiny-application.ts';
import { madeDomain, webinyDeployment, webinyOutputs, webinyState } from '../../support/webiny-state.ts';

const read = (state: unknown) => readWebinyApplication(JSON.stringify(state), 'prod.json');
const account = { id: '111122223333', partition: 'aws', region: 'eu-central-1' };
const vpc = { subnets: ['subnet-0bbb', 'subnet-0ccc'], securityGroups: ['sg-0ddd'] };
const outside = { fileManagerBucket: 'wby-fm-bucket-5d6e7f8', userPool: 'eu-central-1_AbCdEfGhI' };
const table = (name: string) => ({ type: 'aws:dynamodb/table:Table', outputs: { name } });

/** What stands for a secret in a state of Pulumi. */
const secret = (content: object) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  ...content,
});

describe('the state of a Webiny', () => {
  test('5.x with Elasticsearch tells its tables and its domain', () => {
    expect(read(webinyState(webinyOutputs.v5))).toEqual({
      account,
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-es-4c5d6e7'],
      mayHaveTablesOfApi: false,
      search: {
        endpoint: 'https://search-wby-webiny-js-9f8e7d6-abcdefghij.eu-central-1.es.amazonaws.com',
        domain: 'wby-webiny-js-9f8e7d6',
        vpc: undefined,
        about: undefined,
        isForeign: false,
        indexPrefix: undefined,
      },
      ...outside,
    });
  });

  test('5.x in production tells its network and the table of logs too', () => {
    expect(read(webinyState(webinyOutputs.v5Production))).toMatchObject({
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-es-4c5d6e7', 'wby-webiny-log-8a9b0c1'],
      search: { domain: 'wby-webiny-js-9f8e7d6', vpc },
    });
  });

  test('6.x with OpenSearch tells all of it', () => {
    expect(read(webinyState(webinyOutputs.v6))).toEqual({
      account,
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'],
      mayHaveTablesOfApi: false,
      search: {
        endpoint: 'https://vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com',
        domain: 'wby-webiny-os-2b3c4d5',
        vpc,
        about: { engine: 'OpenSearch 3.3', access: 'iam' },
        isForeign: false,
        indexPrefix: undefined,
      },
      ...outside,
    });
  });

  test.for([
    ['5.x', webinyOutputs.v5Tables, ['wby-webiny-1a2b3c4']],
    ['6.x', webinyOutputs.v6Tables, ['wby-webiny-1a2b3c4', 'wby-webiny-audit-logs-0c1d2e3']],
  ] as const)('%s with DynamoDB alone has no search', ([, outputs, tables]) => {
    expect(read(webinyState(outputs))).toMatchObject({ tables, search: undefined });
  });

  test('is read field by field: what is not told in the words of 6.x may be in those of 5.x', () => {
    const { opensearchDomainEndpoint: _, opensearchDomainName: __, ...rest } = webinyOutputs.v6;
    const mixed = {
      ...rest,
      opensearchDomainName: null,
      opensearchDomainEndpoint: null,
      elasticsearchDomainEndpoint: 'search-old.eu-central-1.es.amazonaws.com',
      elasticsearchDynamodbTableName: 'not-this-one',
    };
    expect(read(webinyState(mixed))).toMatchObject({
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'],
      search: { endpoint: 'https://search-old.eu-central-1.es.amazonaws.com', domain: 'wby-webiny-os-2b3c4d5' },
    });
  });

  test('tells the tables that it made and no output names: those of the project, and those of its API', () => {
    const core = JSON.stringify(webinyState(webinyOutputs.v5Production, { made: [table('own')] }));
    expect(readWebinyApplication(core, 'prod.json', [table('wby-webiny-audit-logs-1')])).toMatchObject({
      tables: [
        'wby-webiny-1a2b3c4',
        'wby-webiny-es-4c5d6e7',
        'wby-webiny-log-8a9b0c1',
        'own',
        'wby-webiny-audit-logs-1',
      ],
      mayHaveTablesOfApi: true,
    });
  });

  test('is told neither by what was replaced and waits to be deleted, nor by what it only reads', () => {
    const stack = { type: 'pulumi:pulumi:Stack', outputs: webinyOutputs.v5Tables };
    const replaced = { ...stack, delete: true, outputs: { ...stack.outputs, primaryDynamodbTableName: 'gone' } };
    const resources = [replaced, { ...table('gone'), delete: true }, { ...table('foreign'), external: true }, stack];
    expect(read(webinyState(undefined, { resources })).tables).toEqual(['wby-webiny-1a2b3c4']);
  });

  test.for(['ELASTIC_SEARCH_INDEX_PREFIX', 'OPENSEARCH_INDEX_PREFIX'])(
    'tells the prefix of the indices where a function has it: %s',
    (variable) => {
      const lambda = (variables: object) => ({
        type: 'aws:lambda/function:Function',
        outputs: { environment: { variables } },
      });
      const made = [lambda({ DEBUG: 'false' }), lambda({ DEBUG: 'false', [variable]: 'wby_prod_' })];
      expect(read(webinyState(webinyOutputs.v5, { made })).search?.indexPrefix).toBe('wby_prod_');
    },
  );

  test('tells the domain that the deployment made: its version, its access and the network that it was put into', () => {
    const endpoint = webinyOutputs.v5Production.elasticsearchDomainEndpoint;
    const outputs = {
      endpoint,
      elasticsearchVersion: '7.10',
      advancedSecurityOptions: { enabled: true },
      vpcOptions: { subnetIds: ['subnet-0eee'], securityGroupIds: ['sg-0fff'] },
    };
    const made = [{ type: 'aws:elasticsearch/domain:Domain', outputs }];
    expect(read(webinyState(webinyOutputs.v5Production, { made })).search).toMatchObject({
      about: { engine: 'Elasticsearch 7.10', access: 'fine-grained' },
      vpc: { subnets: ['subnet-0eee'], securityGroups: ['sg-0fff'] },
      isForeign: false,
    });
  });

  test('tells the network of the functions that talk to the domain: it lets those in, and may let in no others', () => {
    const network = { subnetIds: ['subnet-0fff'], securityGroupIds: ['sg-0fff'] };
    const lambda = (endpoint: string, vpcConfig: object | null) => ({
      type: 'aws:lambda/function:Function',
      outputs: { environment: { variables: { DEBUG: 'false', OPENSEARCH_ENDPOINT: endpoint } }, vpcConfig },
    });
    const host = webinyOutputs.v6.opensearchDomainEndpoint;
    const vpcWith = (...made: object[]) =>
      read(webinyState(webinyOutputs.v6, { made: [madeDomain, ...made] })).search?.vpc;

    expect(vpcWith(lambda('other', network), lambda(host, network))).toEqual({
      subnets: ['subnet-0fff'],
      securityGroups: ['sg-0fff'],
    });
    expect(vpcWith(lambda('other', network), lambda(host, null))).toEqual(vpc);
  });

  test('tells the domain that the deployment only reads as well, which is not its own', () => {
    const made = [{ ...madeDomain, external: true }];
    expect(read(webinyState(webinyOutputs.v6, { made })).search).toMatchObject({
      about: { engine: 'OpenSearch 3.3', access: 'iam' },
      vpc,
      isForeign: true,
    });
  });

  test('is not told by another domain that the deployment made', () => {
    const outputs = { ...madeDomain.outputs, endpoint: 'search-other.eu-central-1.es.amazonaws.com' };
    const made = [{ ...madeDomain, outputs }];
    expect(read(webinyState(webinyOutputs.v5, { made })).search).toMatchObject({ about: undefined, vpc: undefined });
  });

  test('tells that the domain was there before, where it made none', () => {
    expect(read(webinyState(webinyOutputs.v6, { made: [] })).search).toMatchObject({ vpc, isForeign: true });
  });

  test.for([
    ['as `pulumi stack export` tells it', { version: 3, deployment: webinyDeployment(webinyOutputs.v6) }],
    ['by its outputs alone', webinyOutputs.v6],
  ] as const)('may be told %s', ([, state]) => {
    const { account: where, tables, search } = read(state);
    expect({ where, tables, endpoint: search?.endpoint, network: search?.vpc, isForeign: search?.isForeign }).toEqual({
      where: account,
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'],
      endpoint: 'https://vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com',
      network: vpc,
      isForeign: false,
    });
  });

  test('may hold secrets: those that nobody needs, and those that were exported to be read', () => {
    const primaryDynamodbTableName = secret({ plaintext: '"wby-webiny-1a2b3c4"' });
    const opensearchDomainEndpoint = secret({ plaintext: '"search-x.eu-central-1.es.amazonaws.com"' });
    const vpcPrivateSubnetIds = secret({ plaintext: '["subnet-0bbb","subnet-0ccc"]' });
    const cognitoAppClientSecret = secret({ ciphertext: 'v1:abc' });
    const outputs = { ...webinyOutputs.v6, primaryDynamodbTableName, opensearchDomainEndpoint, vpcPrivateSubnetIds };
    expect(read(webinyState({ ...outputs, cognitoAppClientSecret }, { made: [] }))).toMatchObject({
      tables: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'],
      search: { endpoint: 'https://search-x.eu-central-1.es.amazonaws.com', vpc },
    });
  });

  test('may be of another partition, and lack what is outside', () => {
    const { fileManagerBucketId: _, cognitoUserPoolId: __, region: ___, ...outputs } = webinyOutputs.v5Tables;
    const primaryDynamodbTableArn = 'arn:aws-cn:dynamodb:cn-north-1:111122223333:table/x';
    expect(read(webinyState({ ...outputs, primaryDynamodbTableArn }))).toMatchObject({
      account: { partition: 'aws-cn', region: 'cn-north-1' },
      fileManagerBucket: undefined,
      userPool: undefined,
    });
  });
});

describe('a state that is no use says what was found', () => {
  const whole = JSON.stringify(webinyState(webinyOutputs.v6));
  const unusable = (what: string) =>
    expect.objectContaining({
      code: 'WEBINY_STATE_UNUSABLE',
      message: expect.stringContaining(what),
      remedy: expect.stringMatching(/yarn webiny deploy core/),
    });

  test.for([
    ['an empty file', '', 'it is empty'],
    ['a file that is being written', whole.slice(0, whole.length / 2), 'not whole JSON'],
    ['something else', '[]', 'neither a state of Pulumi nor the outputs'],
    [
      'a state of another tool',
      '{"version":4,"terraform_version":"1.9.0","resources":[]}',
      'neither a state of Pulumi',
    ],
    [
      'a lock',
      '{"pid":1,"username":"x","hostname":"y","timestamp":"2026-11-20T10:11:12Z"}',
      'neither a state of Pulumi',
    ],
  ] as const)('%s', ([, content, what]) => {
    expect(() => readWebinyApplication(content, 'prod.json')).toThrow(unusable(what));
  });

  test.for([
    [
      'nothing deployed',
      { checkpoint: { stack: 'prod', latest: null } },
      'nothing is deployed: not yet, or not any more',
    ],
    [
      'no stack',
      webinyState(undefined, { resources: [{ type: 'aws:s3/bucket:Bucket' }, { type: 'aws:s3/bucket:Bucket' }] }),
      'no Stack resource, but aws:s3/bucket:Bucket.',
    ],
    ['no outputs', webinyState(undefined), 'Outputs: none: its deployment never ended'],
    ['empty outputs', webinyState({}), 'Outputs: none: its deployment never ended'],
    [
      'another application',
      webinyState({ apiUrl: 'https://x', apiDomain: 'x' }),
      'primaryDynamodbTableName is not there, primaryDynamodbTableArn is not there. Outputs: apiUrl, apiDomain.',
    ],
    [
      'an output that is no text',
      webinyState({ ...webinyOutputs.v6, opensearchDomainEndpoint: { x: 1 } }),
      'opensearchDomainEndpoint is not a text',
    ],
    [
      'a table that is none',
      webinyState({ ...webinyOutputs.v6, primaryDynamodbTableName: '[secret]' }),
      'primaryDynamodbTableName is not the name of a table',
    ],
    [
      'an ARN of something else',
      webinyState({ ...webinyOutputs.v6, primaryDynamodbTableArn: 'arn:aws:s3:::bucket' }),
      'primaryDynamodbTableArn is not the ARN of a table: arn:aws:s3:::bucket',
    ],
    [
      'a region that is not that of its table',
      webinyState({ ...webinyOutputs.v6, region: 'us-east-1' }),
      'its region is us-east-1, but that of its table, by primaryDynamodbTableArn, is eu-central-1',
    ],
    [
      'operations that are pending',
      webinyState(webinyOutputs.v6, { pending: [{ resource: {}, type: 'updating' }] }),
      'its deployment was cut off, with pending operations: 1',
    ],
    [
      'a domain without an address',
      webinyState({ ...webinyOutputs.v6, opensearchDomainEndpoint: undefined }),
      'its outputs lack the endpoint of its domain',
    ],
    [
      'a domain whose address is none',
      webinyState({ ...webinyOutputs.v6, opensearchDomainEndpoint: 'not known yet' }),
      'the endpoint of its domain is no address: not known yet',
    ],
    [
      'a domain whose address has a path',
      webinyState({ ...webinyOutputs.v6, opensearchDomainEndpoint: 'search-x.eu-central-1.es.amazonaws.com/app' }),
      'the endpoint of its domain is no address: search-x.eu-central-1.es.amazonaws.com/app',
    ],
    [
      'a search table without a domain',
      webinyState({ ...webinyOutputs.v5Tables, elasticsearchDynamodbTableName: 'wby-x' }),
      'its outputs lack the endpoint of its domain',
    ],
    [
      'a domain without a search table',
      webinyState({ ...webinyOutputs.v5, elasticsearchDynamodbTableName: undefined }),
      'its outputs lack the name of its search table',
    ],
  ] as const)('%s', ([, state, what]) => {
    expect(() => read(state)).toThrow(unusable(what));
  });

  test.for([{ ciphertext: 'v1:abc' }, { plaintext: 'no JSON' }])(
    'and how to get at an output that is a secret: %j',
    (of) => {
      const primaryDynamodbTableArn = secret(of);
      const outputs = { ...webinyOutputs.v6, primaryDynamodbTableArn, vpcSecurityGroupIds: primaryDynamodbTableArn };
      expect(() => read(webinyState(outputs))).toThrow(
        expect.objectContaining({
          code: 'WEBINY_STATE_UNUSABLE',
          message: expect.stringContaining('primaryDynamodbTableArn is encrypted, vpcSecurityGroupIds is encrypted'),
          remedy: expect.stringContaining('pulumi stack export --show-secrets'),
        }),
      );
    },
  );
});
