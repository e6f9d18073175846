import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { snapshotsRole, tandemPermissions } from '../../shared/core/security-role.ts';
import { hasCode } from '../../shared/errors/tandem-error.ts';
import type { ClusterReadings } from '../../shared/ports/cluster-readings.ts';
import type { ClusterSettings } from '../../shared/ports/cluster-settings.ts';
import type { SearchDomain } from '../../shared/ports/search-domain.ts';
import type { SearchIndices } from '../../shared/ports/search-indices.ts';
import type { SecurityRole } from '../../shared/ports/security.ts';
import type { Snapshots } from '../../shared/ports/snapshots.ts';
import { eventually } from '../support/eventually.ts';
import { nameOf } from '../support/search-trial.ts';
import {
  mapUndisturbed,
  master,
  roleOf,
  type SecuredDomain,
  startSecuredDomain,
  undisturbed,
} from '../support/secured-domain.ts';

type Operation =
  | `cluster.${keyof ClusterReadings}`
  | `settings.${keyof ClusterSettings}`
  | `indices.${keyof SearchIndices}`
  | `snapshots.${keyof Snapshots}`;

/** The name of a caller, of the security role that he has, and of all that he does something to. */
const caller = nameOf('caller');
const named = (what: string) => `${caller}-${what}`;
const [index, lost, red, stream] = [named('index'), named('lost'), named('red'), named('stream')] as const;
const [repository, unused] = [named('repository'), named('unused')] as const;

let domain: SecuredDomain;
let user: SearchDomain;
let admin: SearchDomain;

/** Everything that backups and restores ask of a domain, each by itself: what it needs is there already. */
const operations: Record<Operation, () => Promise<unknown>> = {
  'indices.engine': async () => {
    await user.indices.engine();
    domain.pretendToBeOld();
    expect(await user.indices.engine()).toEqual({ distribution: 'opensearch', version: '3.4.0' });
  },
  'cluster.health': () => user.cluster.health(),
  'cluster.shardsPerNode': () => user.cluster.shardsPerNode(),
  'cluster.disks': () => user.cluster.disks(),
  'indices.clusterUuid': () => user.indices.clusterUuid(),
  'indices.topology': () => user.indices.topology(),
  'indices.list': () => user.indices.list(),
  'indices.dataStreams': async () => {
    const found = (await user.indices.dataStreams()).find(({ name }) => name === stream);
    expect(found?.indices).toHaveLength(1);
  },
  'indices.describe': async () => {
    expect(await user.indices.describe([index])).toMatchObject([{ documents: 1 }]);
  },
  'indices.setups': async () => {
    expect((await user.indices.setups([index])).get(index)?.mappings).toMatchObject({ properties: {} });
  },
  'indices.uuids': () => user.indices.uuids([index]),
  'indices.createdAt': () => user.indices.createdAt([index]),
  'indices.aliases': async () => {
    expect((await user.indices.aliases()).get(`${index}-alias`)).toEqual([index]);
  },
  'indices.undeletable': () => user.indices.undeletable(),
  'indices.recovery': () => user.indices.recovery([index]),
  'indices.whyUnassigned': () => user.indices.whyUnassigned(red),
  'snapshots.repository': () => user.snapshots.repository(repository),
  'snapshots.list': () => user.snapshots.list(repository),
  'snapshots.contents': () => user.snapshots.contents(repository, 'first'),
  'snapshots.repositories': () => user.snapshots.repositories(),
  'snapshots.register': () => user.snapshots.register(unused, definition(unused)),
  'snapshots.verify': () => user.snapshots.verify(unused),
  'snapshots.unregister': () => user.snapshots.unregister(unused),
  'snapshots.running': () => user.snapshots.running(),
  'snapshots.progress': () => user.snapshots.progress(repository, 'first'),
  'snapshots.get': () => user.snapshots.get(repository, 'first'),
  'snapshots.start': () => takeSnapshot(user, nameOf('later')),
  'indices.close': async () => {
    await user.indices.close([lost]);
    await domain.call('POST', `/${lost}/_open`);
  },
  'indices.open': () => user.indices.open([lost]),
  'indices.changeAliases': async () => {
    const [old, renewed] = [nameOf(named('old')), nameOf(named('renewed'))];
    for (const name of [old, renewed]) await domain.call('PUT', `/${name}`, {});
    await user.indices.changeAliases([{ add: { index: renewed, alias: old } }, { remove_index: { index: old } }]);
  },
  'settings.read': () => user.settings.read('action.auto_create_index'),
  'settings.write': () => user.settings.write('action.auto_create_index', { level: 'persistent', value: null }),
  'indices.setReplicas': () => user.indices.setReplicas([index], 0),
  'indices.delete': () => user.indices.delete([lost]),
  'snapshots.restore': async () => {
    await admin.indices.delete([lost]);
    await user.snapshots.restore(repository, 'first', [lost]);
    await eventually(real, async () => (await admin.indices.recovery([lost]))[0]?.primariesDone === 1 || undefined);
  },
};

const real = { clock: systemClock, pollMilliseconds: 20 };

beforeAll(async () => {
  domain = await startSecuredDomain();
  [user, admin] = [domain.as(caller), domain.with(master)];
  await give(tandemPermissions);
  for (const role of [caller, snapshotsRole]) {
    await mapUndisturbed(admin.security, role, { backendRoles: [roleOf(caller)], users: [] });
  }
  const settings = { number_of_shards: 1, number_of_replicas: 0 };
  for (const name of [index, lost]) {
    await domain.call('PUT', `/${name}`, { settings, aliases: { [`${name}-alias`]: {} } });
    await domain.call('POST', `/${name}/_doc?refresh`, { title: 'a document' });
  }
  await domain.call('PUT', `/_index_template/${stream}`, {
    index_patterns: [stream],
    data_stream: {},
    template: { settings },
  });
  await domain.call('PUT', `/_data_stream/${stream}`);
  const nowhere = { ...settings, 'index.routing.allocation.require.box': 'none' };
  await domain.call('PUT', `/${red}?wait_for_active_shards=0`, { settings: nowhere });
  await user.snapshots.register(repository, definition(repository));
  await takeSnapshot(user, 'first');
});
afterAll(() => domain.stop());

function definition(basePath: string) {
  return { type: 's3', settings: { bucket: 'snapshots', base_path: basePath, role_arn: roleOf('snapshots') } };
}

async function takeSnapshot(by: SearchDomain, name: string): Promise<void> {
  await by.snapshots.start(repository, name, [index, lost], {});
  await eventually(real, async () => (await admin.snapshots.get(repository, name))?.completedAt);
}

function give(role: SecurityRole): Promise<void> {
  return undisturbed(() => admin.security.putRole(caller, role));
}

/** The first operation that the domain does not let the caller do. */
async function firstRefused(): Promise<string | undefined> {
  for (const [name, operation] of Object.entries(operations)) {
    try {
      await operation();
    } catch (error) {
      if (hasCode(error, 'SEARCH_UNAUTHORIZED')) return name;
      throw error;
    }
  }
  return undefined;
}

/** The role without one of its permissions, for each of them. */
function withoutEach({ clusterPermissions, indexPermissions }: SecurityRole): [string, SecurityRole][] {
  const others = (list: string[], one: string) => list.filter((each) => each !== one);
  return [
    ...clusterPermissions.map((one): [string, SecurityRole] => [
      one,
      { clusterPermissions: others(clusterPermissions, one), indexPermissions },
    ]),
    ...indexPermissions.flatMap(({ indexPatterns, allowedActions }) =>
      allowedActions.map((one): [string, SecurityRole] => [
        one,
        { clusterPermissions, indexPermissions: [{ indexPatterns, allowedActions: others(allowedActions, one) }] },
      ]),
    ),
  ];
}

describe('the security role of Tandem', () => {
  it('lets do everything that backups and restores do', async () => {
    await give(tandemPermissions);

    expect(await firstRefused()).toBeUndefined();
  });

  it('lets restore in every way: over a closed index, and under other names without replicas', async () => {
    await give(tandemPermissions);
    const beside = named('beside');
    await user.indices.close([lost]);

    await user.snapshots.restore(repository, 'first', [lost]);
    const as = { pattern: `^${index}$`, replacement: beside };
    await user.snapshots.restore(repository, 'first', [index], as, { withoutReplicas: true });

    for (const name of [lost, beside]) {
      const [recovery] = await eventually(real, async () => {
        const found = await user.indices.recovery([name]);
        return found[0]?.primariesDone === 1 ? found : undefined;
      });
      expect(recovery).toMatchObject({ index: name, open: true });
    }
  });

  it.each(withoutEach(tandemPermissions))('needs %s', async (_permission, role) => {
    await give(role);

    expect(await firstRefused()).toBeDefined();
  });
});
