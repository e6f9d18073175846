import { describe, expect, test } from 'vitest';
import { coversAction, coversResource, statementsOf } from '../../../shared/core/policy-document.ts';
import { endpoint, repository, searching, templateOf } from '../../support/template-of.ts';

const searchRoles = ['BackupRole', 'RestoreRole', 'SetupRole'] as const;
type SearchRole = (typeof searchRoles)[number];

/** The policies of a role as text, ARNs without what CloudFormation fills in. */
function access(plans: Record<string, unknown>, role: SearchRole): string[] {
  return templateOf(plans)
    .ofType('AWS::IAM::ManagedPolicy')
    .map(([, policy]) => JSON.stringify(policy))
    .filter((text) => text.includes(`{"Ref":"${role}"}`));
}

const tables = { include: ['shop-*', 'orders'] };

test('a plan with a schedule is started by the Scheduler, in its time zone, under its name', () => {
  const schedule = { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' };

  const { ofType } = templateOf({ 'my-shop': { tables, schedule }, unscheduled: { tables } });

  expect(ofType('AWS::Scheduler::Schedule')).toEqual([
    [
      expect.stringMatching(/^Schedule[0-9a-f]+$/),
      expect.objectContaining({
        Type: 'AWS::Scheduler::Schedule',
        Properties: expect.objectContaining({
          ScheduleExpression: 'cron(0 2 * * ? *)',
          ScheduleExpressionTimezone: 'Europe/Amsterdam',
          Target: expect.objectContaining({
            Input: '{"plan":"my-shop","scheduledTime":"<aws.scheduler.scheduled-time>"}',
          }),
        }),
      }),
    ],
  ]);
});

test('plans whose names differ by a sign alone have schedules and alarms of their own', () => {
  const plan = { tables, schedule: { cron: 'rate(1 day)' } };
  const names = ['my-shop', 'my_shop', 'myshop', 'myDashshop', 'myUnderscoreshop', 'My-shop'];

  const { ofType } = templateOf(Object.fromEntries(names.map((name) => [name, plan])));

  expect(ofType('AWS::Scheduler::Schedule')).toHaveLength(names.length);
  expect(ofType('AWS::CloudWatch::Alarm').filter(([id]) => id.startsWith('RecoveryPoint'))).toHaveLength(names.length);
});

test('the workflows read tags of event source mappings alone in Lambda, and only a restore changes those', () => {
  const backup = access({ shop: { tables } }, 'BackupRole').join();
  const restore = access({ shop: { tables } }, 'RestoreRole').join();

  const onMappings = String.raw`\],"Resource":\[\{"Fn::Sub":"[^"]*:event-source-mapping:\*"\}\]`;
  expect(backup).toMatch(new RegExp(`"Action":\\["lambda:ListTags"${onMappings}`));
  expect(restore).toMatch(
    new RegExp(`"lambda:UpdateEventSourceMapping","lambda:DeleteEventSourceMapping"${onMappings}`),
  );
  expect(backup).not.toMatch(/lambda:(Create|Update|Delete|Tag)/);
});

test('a restore alone reaches the functions that a plan names among its writers, and no others', () => {
  const other = 'arn:aws:lambda:eu-west-1:111122223333:function:other';
  const plans = { shop: { tables, writers: { functions: ['import', other] } }, quiet: { tables } };

  const [policy, ...more] = access(plans, 'RestoreRole').filter((text) => text.includes('FunctionConcurrency'));

  expect(more).toEqual([]);
  expect(policy).toContain(
    `"Resource":[{"Fn::Sub":"arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:import"},"${other}"]`,
  );
  expect(access({ quiet: { tables } }, 'RestoreRole').join()).not.toContain('FunctionConcurrency');
});

test('the workflows reach the tables of the plan and no others, and only a restore changes or deletes them', () => {
  const backup = access({ shop: { tables } }, 'BackupRole').join();
  const restore = access({ shop: { tables } }, 'RestoreRole').join();

  for (const policy of [backup, restore]) {
    expect(policy).toContain(':table/shop-*"');
    expect(policy).toContain(':table/orders"');
  }
  expect(backup).not.toContain(':table/*"');
  // The limits of table operations are those of the account.
  const [mine, ...everywhere] = restore.split(':table/*"');
  expect(everywhere).toHaveLength(1);
  expect(mine).toMatch(/"Action":\["dynamodb:DescribeTable"\],"Resource":\[\{"Fn::Sub":"[^"]*$/);
  expect(backup).not.toMatch(/Delete|Update|Put|Restore/);
  expect(restore).toContain('dynamodb:DeleteTable');
});

test('many domains are spread over policies that are each within the limit', () => {
  const names = Array.from({ length: 60 }, (_, position) => `domain-${position}`);
  const plans = names.map((name) => {
    return [name, searching({ existing: ['role'] }, { endpoint: endpoint.replace('my-shop', name) })];
  });

  for (const role of searchRoles) {
    const policies = access(Object.fromEntries(plans), role);
    expect(Math.max(...policies.map((policy) => policy.length))).toBeLessThanOrEqual(6_144);
    for (const name of names) expect(policies.join()).toContain(`:domain/${name}/*"`);
  }
});

test('a plan that selects by tags needs every table', () => {
  const [policy] = access({ shop: { tables: { ...tables, tags: { Backup: 'nightly' } } } }, 'BackupRole');

  expect(policy).toContain(':table/*"');
});

test.for([
  [60, 'a-table-with-a-rather-long-name'],
  [40, 'a-table-with-the-longest-name-that-dynamodb-takes-'.padEnd(252, 'x')],
] as const)('%i tables named %s are spread over policies that are each within the limit', ([count, name]) => {
  const include = Array.from({ length: count }, (_, position) => `${name}-${position}`);

  for (const role of ['BackupRole', 'RestoreRole'] as const) {
    const policies = access({ shop: { tables: { include } } }, role);
    expect(policies.length).toBeLessThanOrEqual(10);
    expect(Math.max(...policies.map((policy) => policy.length))).toBeLessThanOrEqual(6_144);
    for (const table of include) expect(policies.join()).toContain(`:table/${table}"`);
  }
});

test('a restore alone may have DynamoDB use keys, and may not use them by itself', () => {
  const resources = Object.values(templateOf({ shop: { tables } }).resources);

  const statements = resources.map((resource) => JSON.stringify(resource)).filter((text) => text.includes('kms:'));
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain('"Roles":[{"Ref":"RestoreRole"}]');
  expect(statements[0]).toContain('"Condition":{"StringEquals":{"kms:ViaService":{"Fn::Sub":"dynamodb.');
});

test('a plan without tables needs no keys', () => {
  expect(JSON.stringify(templateOf({ shop: { search: { endpoint, repository } } }))).not.toContain('kms:');
});

test.for([
  [
    'https://search-my-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com',
    ':es:eu-west-1:',
    'domain/my-shop/*',
  ],
  ['https://vpc-shop-abcdefghijklmnopqrstuvwxyz.us-east-2.es.amazonaws.com', ':es:us-east-2:', 'domain/shop/*'],
  ['https://search-shop-abcdefghijklmnopqrstuvwxyz.aos.eu-west-1.on.aws', ':es:eu-west-1:', 'domain/shop/*'],
  ['https://shop.example.org', ':es:', 'domain/*/*'],
] as const)('of %s the workflows reach %s%s', ([address, region, domain]) => {
  const plans = { shop: { search: { endpoint: address, repository } } };

  for (const role of ['BackupRole', 'RestoreRole'] as const) {
    const [policy] = access(plans, role);
    expect(policy).toContain(region);
    expect(policy).toContain(`:${domain}"`);
  }
});

test('only a backup passes the snapshot role, and only a restore deletes indices', () => {
  const plans = { shop: { search: { endpoint, repository } } };
  const [backup] = access(plans, 'BackupRole');
  const [restore] = access(plans, 'RestoreRole');

  expect(backup).toContain(
    '{"Effect":"Allow","Action":["iam:PassRole"],"Resource":["arn:aws:iam::111122223333:role/snapshot"]}',
  );
  expect(backup).toContain('{"Effect":"Deny","Action":["es:ESHttpDelete","es:ESHttpPatch"]');
  expect(restore).not.toContain('iam:PassRole');
  expect(restore).toContain('es:ESHttpDelete');
});

const ofAws: Record<string, string> = { Partition: 'aws', Region: 'eu-west-1', AccountId: '111122223333' };

/** Whether a role may request a path of a domain whose own policy allows it everything, as most do. */
function mayRequest(address: string, role: SearchRole, request: string): boolean {
  return statementsOn(address, role, request).every(({ Effect }) => Effect === 'Allow');
}

/** What the policy of a role says of a request of the domain. */
function statementsOn(address: string, role: SearchRole, request: string) {
  const [method = '', path] = request.split(' ');
  const [policy = ''] = access({ shop: { search: { endpoint: address, repository } } }, role);
  const document = JSON.stringify(JSON.parse(policy).Properties.PolicyDocument)
    .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll(/\$\{AWS::(\w+)\}/g, (_, name) => ofAws[name] ?? '');
  return statementsOf(document, role).filter(
    (statement) =>
      coversAction(statement, `es:ESHttp${method}`) &&
      coversResource(statement, `arn:aws:es:eu-west-1:111122223333:domain/shop${path}`),
  );
}

const requests: Readonly<Record<string, readonly SearchRole[]>> = {
  'Get /_snapshot/tandem/_all': ['BackupRole', 'RestoreRole', 'SetupRole'],
  'Put /_snapshot/tandem': ['BackupRole', 'SetupRole'],
  'Put /_snapshot/tandem/run': ['BackupRole', 'RestoreRole', 'SetupRole'],
  'Post /_snapshot/tandem/_verify': ['BackupRole', 'SetupRole'],
  'Post /orders/_search': ['BackupRole', 'RestoreRole'],
  'Post /_snapshot/tandem/run/_restore': ['RestoreRole'],
  'Post /orders/_close': ['RestoreRole'],
  'Post /_aliases': ['RestoreRole'],
  'Put /orders/_settings': ['RestoreRole'],
  'Put /_cluster/settings': ['RestoreRole'],
  'Delete /orders': ['RestoreRole'],
  'Put /_plugins/_security/api/roles/tandem': ['SetupRole'],
  'Patch /_opendistro/_security/api/rolesmapping/tandem': ['SetupRole'],
  'Delete /_snapshot/tandem': ['SetupRole'],
  'Delete /_snapshot/tandem/run': [],
  'Delete /orders/_doc/1': [],
  'Delete /orders/_alias/newest': [],
  'Post /_bulk': [],
  'Post /orders/_delete_by_query': [],
  'Post /orders/_doc/_refresh': [],
  'Post /_scripts/_search': [],
  'Put /orders/_doc/1': [],
  'Put /orders/_doc/_settings': [],
  'Put /_ingest/pipeline/_settings': [],
  'Put /_plugins/_security/api/rolesmapping/_settings': ['SetupRole'],
  'Patch /_plugins/_security/api/rolesmapping': ['SetupRole'],
  'Patch /orders': [],
};

test.for(['https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com', 'https://shop.example.org'])(
  'each role requests of %s what its work needs, and nothing else',
  (address) => {
    const may = Object.keys(requests).map((request) => [
      request,
      searchRoles.filter((role) => mayRequest(address, role, request)),
    ]);

    expect(Object.fromEntries(may)).toEqual(requests);
    for (const [request, roles] of Object.entries(requests)) {
      for (const role of roles) expect(statementsOn(address, role, request)).not.toEqual([]);
    }
  },
);

test('a backup notes down who writes to a repository, and to none that is read alone', () => {
  const owner = '"Action":["s3:GetObject","s3:PutObject"]';

  expect(access({ shop: searching() }, 'BackupRole').join()).toContain(owner);
  expect(access({ shop: searching({ settings: { readonly: true } }) }, 'BackupRole').join()).not.toContain(owner);
});

test('the set-up of a domain administers it and passes the snapshot role, and needs no table', () => {
  const [search, ...others] = access({ shop: { tables, search: { endpoint, repository } } }, 'SetupRole');

  expect(search).toContain('"es:ESHttpPatch"');
  expect(search).toContain(':domain/my-shop/*"');
  expect(search).toContain('"iam:PassRole"');
  expect(others).toEqual([]);
  expect(access({ shop: { tables } }, 'SetupRole')).toEqual([]);
});

test('a domain with a password needs its secret and no signed requests', () => {
  const auth = { type: 'basic', username: 'tandem', secret: 'shop/search' };

  const [policy] = access(
    { shop: { search: { endpoint, auth, repository: { name: 'r', bucket: 'snapshots' } } } },
    'RestoreRole',
  );

  expect(policy).toContain('secretsmanager:GetSecretValue');
  expect(policy).toContain(':secret:shop/search-??????"');
  expect(policy).not.toContain('es:');
});

describe('who is told of a failure', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';
  const own = { tables, alerts: { email: ['ops@example.org'], topic } };
  const usual = { tables, alerts: { email: ['ops@example.org', 'shop@example.org'] } };

  function subscriptionsOf(plans: Record<string, unknown>) {
    return templateOf(plans).ofType('AWS::SNS::Subscription');
  }

  test('the addresses of each plan, once on the topic that its alerts go to', () => {
    const subscribed = subscriptionsOf({ a: own, b: own, c: usual });

    expect(subscribed.map(([, { Properties }]) => Properties)).toEqual([
      { TopicArn: topic, Protocol: 'email', Endpoint: 'ops@example.org' },
      { TopicArn: { Ref: 'AlertTopic' }, Protocol: 'email', Endpoint: 'ops@example.org' },
      { TopicArn: { Ref: 'AlertTopic' }, Protocol: 'email', Endpoint: 'shop@example.org' },
    ]);
  });

  test('whoever confirmed a subscription keeps it when another goes away', () => {
    const [, kept] = subscriptionsOf({ a: own, b: usual });

    expect(subscriptionsOf({ b: usual })).toContainEqual(kept);
  });

  test('a run may publish to the topic of the deployment and to those that plans name', () => {
    expect(templateOf({ a: own, b: own, c: usual }).topics).toEqual([{ Ref: 'AlertTopic' }, topic]);
  });
});
