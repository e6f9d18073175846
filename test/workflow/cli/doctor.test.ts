import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type CheckCode, checkCodes, checks } from '../../../shared/core/diagnosis/catalogue.ts';
import { services } from '../../../shared/core/diagnosis/snapshot-role-needs.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { EncryptionKey } from '../../../shared/ports/encryption-keys.ts';
import type { Contact } from '../../../shared/ports/endpoint-probe.ts';
import type { Decision } from '../../../shared/ports/identities.ts';
import type { CommandLine } from '../../support/command-line.ts';
import { trustIn } from '../../support/fakes/account.ts';
import {
  healthyDeployment,
  type PlanChanges,
  planFileText,
  plannedSettings,
} from '../../support/healthy-deployment.ts';
import { catalog } from '../../support/world.ts';

const answerSchema = z.object({
  plan: z.string(),
  summary: z.object({ ok: z.number(), warnings: z.number(), failed: z.number(), notChecked: z.number() }),
  checks: z.array(
    z.object({ code: z.string(), outcome: z.string(), message: z.string(), remedy: z.string().nullable() }),
  ),
});

async function examined(cli: CommandLine, ...options: string[]) {
  const { code, document } = await cli.run('doctor', 'app', '--json', ...options);
  return { code, ...answerSchema.parse(document) };
}

/** What is wrong, told as the check and the problem of the catalogue; and how to make it so. */
interface Case {
  problem: string;
  happen(cli: CommandLine): unknown;
  options?: string[];
  /** The state machines that are deployed. */
  machines?: string[];
}

const always = { times: Number.POSITIVE_INFINITY };
const backupRole = 'arn:aws:iam::111122223333:role/backup';
const snapshotRole = 'arn:aws:iam::111122223333:role/snapshots';
const alerts = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1';

const change = (changes: PlanChanges) => (cli: CommandLine) => {
  cli.world.planFile = planFileText(changes);
};
const repository = (settings: object, other: object = {}) =>
  change({
    search: {
      repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app', roleArn: snapshotRole, settings, ...other },
    },
  });

/** The domain's registration, with these settings in place of the planned ones. */
const registered =
  (settings: Record<string, string>, name = 'tandem') =>
  ({ world }: CommandLine) =>
    world.search.snapshots.register(name, { type: 's3', settings: { ...plannedSettings(), ...settings } });

const domainSays =
  (message: string, code: ErrorCode = 'SEARCH_UNAUTHORIZED') =>
  ({ world }: CommandLine) =>
    world.search.faults.fail('indices.engine', new TandemError(code, message), always);

type Broken = Omit<Extract<Contact, { reached: false }>, 'reached' | 'why'>;
const contact =
  (failure: Broken['failure'], place: Partial<Broken> = {}) =>
  ({ account }: CommandLine) => {
    account.contact = { reached: false, failure, isPrivate: false, isNear: false, why: 'in its words', ...place };
  };

const verificationFails =
  (code: 'REPOSITORY_UNVERIFIED' | 'PROVIDER_FAILURE', message: string) =>
  ({ world }: CommandLine) =>
    world.search.faults.fail('snapshots.verify', new TandemError(code, message), always);

/** What the policies of somebody say of an action. */
const decided =
  (who: string, action: string, decision: Decision) =>
  ({ account }: CommandLine) =>
    account.identities.decide(who, action, decision);

const trusted =
  (...policy: Parameters<typeof trustIn>) =>
  ({ account }: CommandLine) =>
    account.identities.roles.set('snapshots', { arn: snapshotRole, trustPolicy: trustIn(...policy) });

const policyOf = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const ofAccount = policyOf({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
});

/** The bucket is encrypted with a key. */
const encrypted =
  (known: Partial<EncryptionKey> = {}) =>
  ({ account }: CommandLine) => {
    account.changeBucket('snapshots', { key });
    account.keys.set(key, { arn: key, state: 'Enabled', isOfAws: false, policy: ofAccount, ...known });
  };

/** The restore `undo` was killed, or has ended, and has left these parts of its ledger. */
const restored =
  (releasedAt: string | undefined, parts: Record<string, object> = {}) =>
  async ({ world }: CommandLine) => {
    const carryOn = 'npx tandem restore app --run=undo';
    const takenAt = world.clock.now().toISOString();
    const lock = { schemaVersion: 1, run: 'undo', execution: 'undo', takenAt, carryOn };
    const ledger = { 'restore-in-progress': { ...lock, releasedAt }, ...parts };
    for (const [part, value] of Object.entries(ledger)) {
      await world.buckets.open(catalog).create(`ledgers/app/${part}.json`, JSON.stringify(value));
    }
  };

const clockIs =
  (seconds: number) =>
  ({ account, world }: CommandLine) => {
    const answeredAt = new Date(world.clock.now().getTime() - seconds * 1_000);
    account.caller = { id: '111122223333', arn: 'arn:aws:iam::111122223333:user/operator', answeredAt };
  };

const everything = { clusterPermissions: ['*'], indexPermissions: [{ indexPatterns: ['*'], allowedActions: ['*'] }] };
const security =
  (
    mappings: Record<string, { users?: string[]; backendRoles?: string[] }>,
    roles: Record<string, typeof everything> = {},
  ) =>
  ({ world }: CommandLine) => {
    world.search.security.control(['all_access'], {
      roles: { all_access: everything, ...roles },
      mappings: Object.fromEntries(
        Object.entries(mappings).map(([name, mapping]) => [name, { users: [], backendRoles: [], ...mapping }]),
      ),
      actionGroups: {},
    });
  };

const cases: Case[] = [
  { problem: 'CREDENTIALS.missing', happen: ({ account }) => Object.assign(account, { caller: undefined }) },
  {
    problem: 'CREDENTIALS.noRegion',
    happen: ({ account }) =>
      account.faults.fail('account.identity', new TandemError('REGION_MISSING', 'Region is missing')),
  },
  {
    problem: 'ACCOUNT.another',
    happen: ({ account, world }) =>
      Object.assign(account, {
        caller: { id: '999999999999', arn: 'arn:aws:iam::999999999999:user/x', answeredAt: world.clock.now() },
      }),
  },
  { problem: 'REGION.another', happen: ({ account }) => Object.assign(account, { region: 'us-east-1' }) },
  { problem: 'CLOCK.refused', happen: clockIs(301) },
  { problem: 'CLOCK.skewed', happen: clockIs(-60) },
  {
    problem: 'CATALOG.missing',
    happen: (cli) => {
      cli.world.planFile = planFileText().replace(catalog, 'another-bucket');
    },
  },
  {
    problem: 'CATALOG.denied',
    happen: ({ world }) =>
      world.buckets.faults.fail('objects.list', new TandemError('ACCESS_DENIED', 's3:ListBucket'), always),
    options: ['--local'],
  },
  { problem: 'DEPLOYMENT.missing', happen: () => {}, machines: [] },
  { problem: 'SCHEDULE.unplanned', happen: change({ schedule: null }) },
  { problem: 'SCHEDULE.missing', happen: ({ account }) => account.schedules.clear() },
  {
    problem: 'SCHEDULE.disabled',
    happen: ({ account }) =>
      account.schedules.set('tandem-prod-app', {
        isEnabled: false,
        expression: 'cron(0 2 * * ? *)',
        timezone: 'Europe/Amsterdam',
      }),
  },
  { problem: 'SCHEDULE.different', happen: change({ schedule: { cron: 'cron(0 3 * * ? *)', timezone: 'UTC' } }) },
  {
    problem: 'RECOVERY_POINT_AGE.never',
    happen: ({ world }) => world.buckets.tamper(catalog, 'recovery-points/app/backup-1/manifest.json', undefined),
  },
  { problem: 'RECOVERY_POINT_AGE.old', happen: ({ world }) => world.clock.sleep(30 * 3_600_000) },
  {
    problem: 'RECOVERY_POINTS_INTACT.damaged',
    happen: ({ world }) => world.buckets.tamper(catalog, 'recovery-points/app/backup-1/manifest.json', '{}'),
  },
  { problem: 'RESTORE_ENDED.atWork', happen: restored(undefined) },
  {
    problem: 'RESTORE_ENDED.unfinished',
    happen: async (cli) => {
      await restored(undefined)(cli);
      await cli.world.clock.sleep(49 * 3_600_000);
    },
  },
  {
    problem: 'RESTORE_ENDED.paused',
    happen: restored('2026-11-28T04:00:00.000Z', {
      'undo/paused-writers': { mappings: [], functions: [{ name: 'import', reserved: null }] },
    }),
  },
  {
    problem: 'RESTORE_ENDED.settings',
    happen: async (cli) => {
      const setting = { level: 'persistent', before: null, during: '-app-*', putBack: false };
      await cli.world.search.settings.write('action.auto_create_index', { level: 'persistent', value: '-app-*' });
      await restored('2026-11-28T04:00:00.000Z', {
        'undo/changed-settings': { settings: { 'action.auto_create_index': setting } },
      })(cli);
    },
  },
  { problem: 'ALERT_SUBSCRIPTIONS.noTopic', happen: ({ account }) => account.topics.clear() },
  {
    problem: 'ALERT_SUBSCRIPTIONS.nobody',
    happen: (cli) => {
      change({ alerts: { topic: alerts } })(cli);
      cli.account.topics.set(alerts, []);
    },
  },
  {
    problem: 'ALERT_SUBSCRIPTIONS.unconfirmed',
    happen: ({ account }) =>
      account.topics.set(alerts, [{ protocol: 'email', endpoint: 'ops@example.org', isConfirmed: false }]),
  },
  {
    problem: 'ALERT_SUBSCRIPTIONS.partlyUnconfirmed',
    happen: ({ account }) =>
      account.topics.get(alerts)?.push({ protocol: 'email', endpoint: 'late@example.org', isConfirmed: false }),
  },
  { problem: 'ALERT_SUBSCRIPTIONS.lost', happen: ({ account }) => account.topics.set(alerts, []) },
  {
    problem: 'ALERT_SUBSCRIPTIONS.unsubscribed',
    happen: change({ alerts: { topic: alerts, email: ['ops@example.org', 'new@example.org'] } }),
  },
  { problem: 'ALARM_ACTIONS.none', happen: ({ account }) => Object.assign(account, { alarms: [] }) },
  {
    problem: 'ALARM_ACTIONS.silent',
    happen: ({ account }) => account.alarms.push({ name: 'tandem-prod-late', areActionsEnabled: true, actions: [] }),
  },
  {
    problem: 'ALARM_ACTIONS.disabled',
    happen: ({ account }) =>
      account.alarms.push({ name: 'tandem-prod-late', areActionsEnabled: false, actions: ['arn'] }),
  },
  { problem: 'TABLES_SELECTED.nothing', happen: change({ tables: { include: ['shop-*'] } }) },
  {
    problem: 'TABLE_DELETION_PROTECTION.off',
    happen: ({ world }) => world.dynamo.changeTable('app-0001', { deletionProtection: false }),
  },
  {
    problem: 'TABLE_POINT_IN_TIME_RECOVERY.off',
    happen: ({ world }) => world.dynamo.addTable({ name: 'app-new', deletionProtection: true }),
  },
  {
    problem: 'TABLE_POINT_IN_TIME_RECOVERY.offForSome',
    happen: ({ world }) => {
      world.dynamo.addTable({ name: 'app-', deletionProtection: true });
      world.addTables(50);
    },
  },
  {
    problem: 'TABLE_QUOTA.near',
    happen: ({ account, world }) => {
      world.addTables(9);
      account.tableQuota = 10;
    },
  },
  { problem: 'TABLE_QUOTA.reached', happen: ({ account }) => Object.assign(account, { tableQuota: 2 }) },
  { problem: 'ENDPOINT.unresolved', happen: contact('unresolved') },
  { problem: 'ENDPOINT.noNameService', happen: contact('nameService') },
  { problem: 'ENDPOINT.outsideVpc', happen: contact('timeout', { isPrivate: true }) },
  { problem: 'ENDPOINT.outsideVpcLocal', happen: contact('noRoute', { isPrivate: true }), options: ['--local'] },
  { problem: 'ENDPOINT.securityGroup', happen: contact('timeout', { isPrivate: true, isNear: true }) },
  { problem: 'ENDPOINT.timeout', happen: contact('timeout') },
  { problem: 'ENDPOINT.refused', happen: contact('refused') },
  { problem: 'ENDPOINT.noRoute', happen: contact('noRoute') },
  { problem: 'ENDPOINT.cutOff', happen: contact('cutOff') },
  { problem: 'ENDPOINT.tls', happen: contact('tls') },
  { problem: 'ENDPOINT.stranger', happen: domainSays('the answer is a page', 'SEARCH_NOT_A_CLUSTER') },
  { problem: 'ENDPOINT.unavailable', happen: domainSays('HTTP 503', 'SERVICE_UNAVAILABLE') },
  {
    problem: 'REQUESTS_SIGNED.anonymous',
    happen: domainSays(
      'User: anonymous is not authorized to perform: es:ESHttpGet because no resource-based policy allows it',
    ),
  },
  { problem: 'REQUESTS_SIGNED.signature', happen: domainSays('The request signature we calculated does not match') },
  {
    problem: 'REQUESTS_SIGNED.noPassword',
    happen: (cli) => {
      change({ search: { auth: { type: 'basic', username: 'admin', secret: 'app/admin' } } })(cli);
      const why = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
      domainSays(why, 'SECRET_UNREADABLE')(cli);
    },
  },
  {
    problem: 'REQUESTS_SIGNED.password',
    happen: (cli) => {
      change({ search: { auth: { type: 'basic', username: 'admin', secret: 'app/admin' } } })(cli);
      domainSays('HTTP 401')(cli);
    },
  },
  {
    problem: 'DOMAIN_ACCESS.denied',
    happen: domainSays('User: arn:aws:iam::111122223333:user/operator is not authorized to perform: es:ESHttpGet'),
    options: ['--local'],
  },
  { problem: 'INDICES_SELECTED.nothing', happen: change({ search: { indices: { include: ['shop-*'] } } }) },
  {
    problem: 'ENGINE_VERSION.tooOld',
    happen: ({ world }) => world.search.configure({ engine: { distribution: 'opensearch', version: '3.7.9' } }),
  },
  {
    problem: 'ENGINE_VERSION.tooOldForSome',
    happen: async ({ world }) => {
      world.search.configure({ engine: { distribution: 'opensearch', version: '3.7.9' } });
      for (const { name } of world.search.everything().indices) {
        world.search.changeIndex(name, { createdVersion: '3.7.0' });
      }
      await world.clock.sleep(60_000);
      await world.backup();
    },
  },
  { problem: 'CLUSTER_HEALTH.red', happen: ({ world }) => world.search.breakIndex('app-orders', 'the node is gone') },
  {
    problem: 'SHARD_LIMIT.near',
    happen: ({ world }) => {
      world.search.addIndex('other', { primaries: 2 });
      world.search.configure({ shardsPerNode: 10 });
    },
  },
  { problem: 'SHARD_LIMIT.reached', happen: ({ world }) => world.search.configure({ shardsPerNode: 7 }) },
  { problem: 'SECURITY_MAPPING.missing', happen: security({ all_access: { users: [backupRole] } }) },
  {
    problem: 'SECURITY_PERMISSIONS.lacking',
    happen: security(
      { tandem: { backendRoles: ['arn:aws:iam::111122223333:role/*'] } },
      {
        tandem: {
          clusterPermissions: ['cluster:*'],
          indexPermissions: [{ indexPatterns: ['app-*'], allowedActions: ['indices:monitor/*'] }],
        },
      },
    ),
  },
  {
    problem: 'SECURITY_MAPPING_KIND.roleAmongUsers',
    happen: security({ manage_snapshots: { users: [snapshotRole] } }),
  },
  {
    problem: 'SECURITY_MAPPING_KIND.userAmongRoles',
    happen: security({ manage_snapshots: { backendRoles: ['arn:aws:iam::111122223333:user/operator'] } }),
  },
  {
    problem: 'REPOSITORY_REGISTERED.missing',
    happen: ({ world }) => {
      world.search.unregister('tandem');
      world.buckets.tamper(catalog, 'recovery-points/app/backup-1/manifest.json', undefined);
    },
  },
  { problem: 'REPOSITORY_REGISTERED.gone', happen: ({ world }) => world.search.unregister('tandem') },
  { problem: 'REPOSITORY_SETTINGS.elsewhere', happen: registered({ base_path: 'other' }) },
  {
    problem: 'REPOSITORY_SETTINGS.different',
    happen: registered({ role_arn: 'arn:aws:iam::111122223333:role/older' }),
  },
  { problem: 'REPOSITORY_WRITABLE.readOnly', happen: registered({ readonly: 'true' }) },
  { problem: 'REPOSITORY_WRITABLE.planned', happen: repository({ readonly: true }) },
  { problem: 'REPOSITORY_ONE_WRITER.registeredTwice', happen: registered({}, 'second') },
  {
    problem: 'REPOSITORY_ONE_WRITER.plannedTwice',
    happen: change({
      plans: {
        other: {
          search: {
            endpoint: 'https://other.example.com',
            repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app' },
          },
        },
      },
    }),
  },
  {
    problem: 'REPOSITORY_ONE_WRITER.anotherDomain',
    happen: async (cli) => {
      await cli.world.clock.sleep(60_000);
      cli.world.planFile = planFileText({ search: { endpoint: 'https://new.example.com' } });
      await cli.world.backup();
      cli.world.planFile = planFileText();
    },
  },
  {
    problem: 'REPOSITORY_ONE_WRITER.owned',
    async happen({ world }) {
      const owner = { version: 1, clusterUuid: 'of-another', endpoint: 'https://other.example.com' };
      const [bucket, key] = [world.buckets.open('snapshots'), 'app.tandem-owner.json'];
      await bucket.replace(key, JSON.stringify(owner), (await bucket.get(key))?.version ?? '');
    },
  },
  {
    problem: 'REPOSITORY_ONE_WRITER.disturbed',
    happen: verificationFails('PROVIDER_FAILURE', 'its contents were found not to match its expected state'),
  },
  { problem: 'REPOSITORY_VERIFIED.unverified', happen: verificationFails('REPOSITORY_UNVERIFIED', 'Access Denied') },
  { problem: 'PASS_ROLE.denied', happen: decided(backupRole, 'iam:PassRole', 'silent') },
  {
    problem: 'PASS_ROLE.deniedUser',
    happen: decided('arn:aws:iam::111122223333:user/operator', 'iam:PassRole', 'silent'),
    options: ['--local'],
  },
  { problem: 'PASS_ROLE.forbidden', happen: decided(backupRole, 'iam:PassRole', 'denied') },
  { problem: 'SNAPSHOT_ROLE_TRUST.missing', happen: ({ account }) => account.identities.roles.delete('snapshots') },
  { problem: 'SNAPSHOT_ROLE_TRUST.untrusting', happen: trusted(['ec2.amazonaws.com']) },
  { problem: 'SNAPSHOT_ROLE_TRUST.half', happen: trusted(['es.amazonaws.com']) },
  {
    problem: 'SNAPSHOT_ROLE_TRUST.unmet',
    happen: trusted(services, { StringEquals: { 'aws:SourceAccount': '999999999999' } }),
  },
  {
    problem: 'SNAPSHOT_ROLE_TRUST.denied',
    happen: ({ account }) => {
      const statement = { Principal: { Service: services }, Action: 'sts:AssumeRole' };
      const Statement = ['Allow', 'Deny'].map((Effect) => ({ Effect, ...statement }));
      account.identities.roles.set('snapshots', { arn: snapshotRole, trustPolicy: JSON.stringify({ Statement }) });
    },
  },
  {
    problem: 'SNAPSHOT_ROLE_TRUST.everybody',
    happen: ({ account }) =>
      account.identities.roles.set('snapshots', {
        arn: snapshotRole,
        trustPolicy: policyOf({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
      }),
  },
  { problem: 'SNAPSHOT_ROLE_BUCKET.denied', happen: decided(snapshotRole, 's3:DeleteObject', 'silent') },
  { problem: 'SNAPSHOT_ROLE_BUCKET.forbidden', happen: decided(snapshotRole, 's3:DeleteObject', 'denied') },
  {
    problem: 'SNAPSHOT_ROLE_BUCKET.forbiddenThere',
    happen: ({ account }) =>
      account.changeBucket('snapshots', {
        policy: policyOf({
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:Delete*',
          Resource: 'arn:aws:s3:::snapshots/*',
        }),
      }),
  },
  {
    problem: 'SNAPSHOT_ROLE_KEY.denied',
    happen: (cli) => {
      encrypted()(cli);
      decided(snapshotRole, 'kms:GenerateDataKey', 'silent')(cli);
    },
  },
  {
    problem: 'SNAPSHOT_ROLE_KEY.forbidden',
    happen: (cli) => {
      encrypted()(cli);
      decided(snapshotRole, 'kms:GenerateDataKey', 'denied')(cli);
    },
  },
  {
    problem: 'SNAPSHOT_ROLE_KEY.forbiddenThere',
    happen: encrypted({ policy: ofAccount.replace('111122223333', '999999999999') }),
  },
  { problem: 'SNAPSHOT_ROLE_KEY.disabled', happen: encrypted({ state: 'Disabled' }) },
  { problem: 'SNAPSHOT_ROLE_KEY.deleted', happen: encrypted({ state: 'PendingDeletion' }) },
  {
    problem: 'SNAPSHOT_ROLE_KEY.missing',
    happen: ({ account }) => account.changeBucket('snapshots', { key }),
  },
  {
    problem: 'SNAPSHOT_ROLE_KEY.refused',
    happen: (cli) => {
      encrypted()(cli);
      verificationFails('REPOSITORY_UNVERIFIED', 'is not authorized to perform: kms:GenerateDataKey')(cli);
    },
  },
  { problem: 'BUCKET_REGION.missing', happen: ({ account }) => account.buckets.clear() },
  {
    problem: 'BUCKET_REGION.another',
    happen: ({ account }) => account.changeBucket('snapshots', { region: 'us-east-1' }),
  },
  {
    problem: 'BUCKET_PRIVATE.public',
    happen: ({ account }) => account.changeBucket('snapshots', { isPublic: true, isBlocked: false }),
  },
  {
    problem: 'BUCKET_PRIVATE.unblocked',
    happen: ({ account }) => account.changeBucket('snapshots', { isBlocked: false }),
  },
  {
    problem: 'BUCKET_LIFECYCLE.expires',
    happen: ({ account }) =>
      account.changeBucket('snapshots', {
        lifecycleRules: [{ id: 'tidy', prefix: '', expires: true, archives: false }],
      }),
  },
  {
    problem: 'BUCKET_LIFECYCLE.archives',
    happen: ({ account }) =>
      account.changeBucket('snapshots', {
        lifecycleRules: [{ id: 'cold', prefix: 'app/indices', expires: false, archives: true }],
      }),
  },
  {
    problem: 'BUCKET_OBJECT_LOCK.retains',
    happen: ({ account }) => account.changeBucket('snapshots', { objectLock: { retains: true } }),
  },
  {
    problem: 'BUCKET_OBJECT_LOCK.enabled',
    happen: ({ account }) => account.changeBucket('snapshots', { objectLock: { retains: false } }),
  },
];

/** What the catalogue says of a problem. */
function entryOf(problem: string) {
  const [code = '', name = ''] = problem.split('.');
  const known = Object.entries(checks).find(([each]) => each === code)?.[1];
  const entry = Object.entries(known?.problems ?? {}).find(([each]) => each === name)?.[1];
  if (entry === undefined) throw new Error(`The catalogue has no ${problem}.`);
  return { code, ...entry };
}

/** The text of a problem, whatever is filled in. */
function like(says: string): RegExp {
  const literal = says.replaceAll(/[.+*?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/<[a-zA-Z]+>/g, '[^]+')}$`);
}

describe('tandem doctor, where nothing is wrong', () => {
  it('finds nothing, and ends well', async () => {
    const answer = await examined(await healthyDeployment());

    expect(answer.checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(answer.checks.map(({ code }) => code)).toEqual(checkCodes);
    expect(answer.code).toBe(0);
  });

  it('changes nothing', async () => {
    const cli = await healthyDeployment();
    const before = await cli.world.everything();

    await examined(cli);

    expect(await cli.world.everything()).toEqual(before);
  });

  it('says of each check why it is not made: with --local, and without a search domain', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ search: null });

    const { code, checks: all } = await examined(cli, '--local');

    const unchecked = all.filter(({ outcome }) => outcome === 'not checked');
    expect(unchecked.map((check) => check.code)).toEqual(
      expect.arrayContaining(['DEPLOYMENT', 'SCHEDULE', 'ALARM_ACTIONS', 'ENDPOINT', 'BUCKET_REGION']),
    );
    expect(unchecked.every(({ message }) => /--local|no search domain/.test(message))).toBe(true);
    expect(code).toBe(0);
  });

  it('is told as text, without colours where there is no terminal', async () => {
    const { stdout, code } = await (await healthyDeployment()).run('doctor', 'app');

    expect(code).toBe(0);
    expect(stdout).toContain('ok           CREDENTIALS');
    expect(stdout).toContain('39 ok, 0 warnings, 0 failed, 0 not checked');
    expect(stdout).not.toContain('\u001b');
  });

  it('says once what keeps all checks of a topic from being made', async () => {
    const cli = await healthyDeployment();
    change({ search: null })(cli);

    const { stdout } = await cli.run('doctor', 'app');

    expect(stdout).toContain('all 7 checks');
    expect(stdout).not.toContain('CLUSTER_HEALTH');
    expect(stdout.match(/the plan has no search domain/g)).toHaveLength(5);
  });

  it('is told in colours on a terminal', async () => {
    const cli = await healthyDeployment();
    cli.isTerminal = true;

    expect((await cli.run('doctor', 'app')).stdout).toContain('\u001b');
  });
});

describe('tandem doctor finds', () => {
  it.for(cases.map((one) => [one.problem, one] as const))(
    '%s',
    async ([problem, { happen, options = [], machines }]) => {
      const cli = await healthyDeployment(machines);
      await happen(cli);

      const answer = await examined(cli, ...options);

      const { code, outcome, says } = entryOf(problem);
      const finding = answer.checks.find((check) => check.code === code);
      expect(finding).toMatchObject({ outcome, message: expect.stringMatching(like(says)) });
      expect(finding?.remedy).toBeTruthy();
      expect(finding?.remedy).not.toMatch(/<[a-zA-Z]+>|undefined/);
      expect(finding?.message).not.toMatch(/<[a-zA-Z]+>|undefined/);
      expect(answer.code).toBe(answer.summary.failed > 0 ? 3 : 0);
      if (outcome === 'failed') expect(answer.code).toBe(3);
    },
  );

  it('every problem of the catalogue in one of these ways, but for what a restore alone finds', () => {
    const all = checkCodes.flatMap((code: CheckCode) =>
      Object.keys(checks[code].problems).map((name) => `${code}.${name}`),
    );

    expect(cases.map(({ problem }) => problem).sort()).toEqual(
      all.filter((one) => one !== 'SHARD_LIMIT.tooFew').sort(),
    );
  });
});
