import {
  bucketActions,
  keyActions,
  objectActions,
  services,
} from '../../../shared/core/diagnosis/snapshot-role-needs.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Account, AccountIdentity } from '../../../shared/ports/account.ts';
import type { Buckets, LifecycleRule } from '../../../shared/ports/buckets.ts';
import type { Alarm, Deployment, Schedule, Subscription } from '../../../shared/ports/deployment.ts';
import type { EncryptionKey, EncryptionKeys } from '../../../shared/ports/encryption-keys.ts';
import type { Contact, EndpointProbe } from '../../../shared/ports/endpoint-probe.ts';
import type { Quotas } from '../../../shared/ports/quotas.ts';
import type { DiagnosisPorts } from '../../../shared/steps/diagnosis/ports.ts';
import type { World } from '../world.ts';
import { Faults } from './faults.ts';
import { FakeIdentities } from './identities.ts';

interface FakeBucket {
  region: string;
  isPublic: boolean;
  ignoresPolicies: boolean;
  isBlocked: boolean;
  lifecycleRules: LifecycleRule[];
  objectLock: { retains: boolean } | undefined;
  key: string | undefined;
  policy: string;
}

type Operation =
  | `account.${keyof Account}`
  | `keys.${keyof EncryptionKeys}`
  | `buckets.${keyof Buckets}`
  | `deployment.${keyof Deployment}`
  | `quotas.${keyof Quotas}`;

/** A trust policy that lets services assume a role, under the conditions. */
export function trustIn(services: string[], Condition?: object): string {
  const statement = { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole', Condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

const arnOf = (role: string) => `arn:aws:iam::111122223333:role/${role}`;

/** What an account has beside tables and domains, in memory: a deployment of stage prod, with nothing wrong with it. */
export class FakeAccount {
  readonly faults = new Faults<Operation>();
  region = 'eu-west-1';
  caller: Pick<AccountIdentity, 'id' | 'arn' | 'answeredAt'> | undefined = {
    id: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/operator',
    answeredAt: undefined,
  };
  readonly identities = new FakeIdentities();
  readonly keys = new Map<string, EncryptionKey>();
  readonly buckets = new Map<string, FakeBucket>([
    [
      'snapshots',
      {
        region: 'eu-west-1',
        isPublic: false,
        ignoresPolicies: true,
        isBlocked: true,
        lifecycleRules: [],
        objectLock: undefined,
        key: undefined,
        policy: '',
      },
    ],
  ]);
  readonly functions = new Map([
    ['tandem-prod-ensureRepository', arnOf('backup')],
    ['tandem-prod-restoreIndices', arnOf('restore')],
  ]);
  readonly schedules = new Map<string, Schedule>([
    ['tandem-prod-app', { isEnabled: true, expression: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' }],
  ]);
  alarms: Alarm[] = [{ name: 'tandem-prod-failed', areActionsEnabled: true, actions: ['arn:aws:sns:x'] }];
  readonly topics = new Map<string, Subscription[]>([
    [
      'arn:aws:sns:eu-west-1:111122223333:alerts',
      [{ protocol: 'email', endpoint: 'ops@example.org', isConfirmed: true }],
    ],
  ]);
  tableQuota = 2_500;
  contact: Contact = { reached: true };

  constructor() {
    this.identities.roles.set('snapshots', { arn: arnOf('snapshots'), trustPolicy: trustIn(services) });
    this.identities.roles.set('operators', { arn: arnOf('path/operators'), trustPolicy: trustIn([]) });
    this.identities.add(arnOf('snapshots'), [...bucketActions, ...objectActions, ...keyActions]);
    for (const who of [arnOf('backup'), arnOf('path/operators'), 'arn:aws:iam::111122223333:user/operator']) {
      this.identities.add(who, ['iam:PassRole']);
    }
  }

  /** Changes the bucket of that name. */
  changeBucket(name: string, change: Partial<FakeBucket>): void {
    Object.assign(this.bucket(name), change);
  }

  bucket(name: string): FakeBucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new TandemError('BUCKET_NOT_FOUND', `There is no bucket ${name}.`);
    return bucket;
  }

  get accountPort(): Account {
    return {
      identity: async () =>
        this.faults.run('account.identity', '', () => {
          if (this.caller === undefined) throw new TandemError('CREDENTIALS_MISSING', 'Could not load credentials.');
          return { ...this.caller, partition: 'aws', region: this.region };
        }),
    };
  }

  get keysPort(): EncryptionKeys {
    return {
      find: async (name, region) =>
        this.faults.run('keys.find', name, () => {
          const key = this.keys.get(name);
          return key?.arn.split(':')[3] === region ? key : undefined;
        }),
    };
  }

  get bucketsPort(): Buckets {
    const { faults } = this;
    return {
      region: async (name) => faults.run('buckets.region', name, () => this.bucket(name).region),
      publicAccess: async (name) =>
        faults.run('buckets.publicAccess', name, () => {
          const { isPublic, ignoresPolicies, isBlocked } = this.bucket(name);
          return { isPublic, ignoresPolicies, isBlocked };
        }),
      lifecycleRules: async (name) =>
        faults.run('buckets.lifecycleRules', name, () => this.bucket(name).lifecycleRules),
      objectLock: async (name) => faults.run('buckets.objectLock', name, () => this.bucket(name).objectLock),
      policy: async (name) => faults.run('buckets.policy', name, () => this.bucket(name).policy),
      key: async (name) => faults.run('buckets.key', name, () => this.bucket(name).key),
    };
  }

  get deploymentPort(): Deployment {
    const { faults } = this;
    return {
      roleOfFunction: async (name) => faults.run('deployment.roleOfFunction', name, () => this.functions.get(name)),
      schedule: async (name) => faults.run('deployment.schedule', name, () => this.schedules.get(name)),
      alarms: async (prefix) =>
        faults.run('deployment.alarms', prefix, () => this.alarms.filter(({ name }) => name.startsWith(prefix))),
      subscriptions: async (topic) => faults.run('deployment.subscriptions', topic, () => this.topics.get(topic)),
    };
  }

  get quotasPort(): Quotas {
    return { tables: async () => this.faults.run('quotas.tables', '', () => this.tableQuota) };
  }

  get probePort(): EndpointProbe {
    return { probe: async () => this.contact };
  }
}

/** What the doctor looks at: an account, and the tables, the domain and the catalog of a world. */
export function diagnosisPorts(world: World, account: FakeAccount): DiagnosisPorts {
  return {
    account: account.accountPort,
    region: async () => account.region,
    identities: account.identities,
    keys: account.keysPort,
    buckets: account.bucketsPort,
    deployment: account.deploymentPort,
    quotas: account.quotasPort,
    tables: world.dynamo.tables,
    probe: account.probePort,
    connectSearch: ({ endpoint }) => world.otherDomains.get(endpoint) ?? world.search,
    openCatalog: (bucket) => world.buckets.open(bucket),
    openSnapshotBucket: (bucket) => world.buckets.open(bucket),
    clock: world.clock,
  };
}
