import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seen } from '../../shared/core/diagnosis/observed.ts';
import { findPlan, parsePlanFile } from '../../shared/core/plan-file.ts';
import { requiredPermissions, snapshotsRole, tandemPermissions } from '../../shared/core/security-role.ts';
import type { SearchDomain } from '../../shared/ports/search-domain.ts';
import type { RoleMapping, SecurityRole } from '../../shared/ports/security.ts';
import { lookAtDomain } from '../../shared/steps/diagnosis/look-at-domain.ts';
import { FakeBuckets } from '../support/fakes/object-store.ts';
import { nameOf } from '../support/search-trial.ts';
import {
  mapUndisturbed,
  master,
  roleOf,
  type SecuredDomain,
  startSecuredDomain,
  undisturbed,
} from '../support/secured-domain.ts';

let domain: SecuredDomain;
beforeAll(async () => {
  domain = await startSecuredDomain();
});
afterAll(() => domain.stop());

/** What the doctor finds where that domain is asked, with a role of its own for both workflows. */
async function diagnosed(
  asked: SearchDomain,
  name: string,
  { isCaller = false, indices = `${name}-*`, arn = roleOf(name) } = {},
) {
  const search = { endpoint: domain.endpoint, indices: { include: [indices] }, repository: { name, bucket: 'b' } };
  const text = JSON.stringify({ version: 1, catalog: { bucket: 'catalog' }, plans: { app: { search } } });
  const file = parsePlanFile(text, 'tandem.yml');
  const plan = findPlan(file, 'app');
  if (plan.search === undefined) throw new Error('The plan has a search domain.');
  const deployed = isCaller ? undefined : seen('prod');
  const workflows = ['backup' as const, 'restore' as const];
  const { findings } = await lookAtDomain(
    { name: 'app', plan, file, deployed, region: 'us-east-1' },
    {
      search: plan.search,
      file,
      catalog: Promise.resolve(seen({ manifests: [], damaged: [] })),
      principals: Promise.resolve(seen(workflows.map((workflow) => ({ workflow, arn })))),
    },
    {
      probe: { probe: async () => ({ reached: true }) },
      connectSearch: () => asked,
      openSnapshotBucket: (bucket) => new FakeBuckets(bucket).open(bucket),
    },
  );
  const found = (code: string) => findings.find((finding) => finding.code === code);
  return {
    mapping: found('SECURITY_MAPPING'),
    permissions: found('SECURITY_PERMISSIONS'),
    kind: found('SECURITY_MAPPING_KIND'),
  };
}

/** Makes a security role of that name, and maps to it whoever is given. */
async function give(name: string, role: SecurityRole, mapped: Partial<RoleMapping>): Promise<void> {
  const { security } = domain.with(master);
  await undisturbed(() => security.putRole(name, role));
  await map(name, mapped);
}

function map(role: string, mapped: Partial<RoleMapping>): Promise<void> {
  const { security } = domain.with(master);
  return mapUndisturbed(security, role, { backendRoles: [], users: [], ...mapped });
}

const onlyOf = (indexPatterns: string[]): SecurityRole => ({
  ...tandemPermissions,
  indexPermissions: tandemPermissions.indexPermissions.map((one) => ({ ...one, indexPatterns })),
});

describe('the access-control checks of the doctor, on the real security plugin', () => {
  it('find nothing where a set-up was made', async () => {
    const name = nameOf('caller');
    await give(name, tandemPermissions, { backendRoles: [roleOf(name)] });
    await map(snapshotsRole, { backendRoles: [roleOf(name)] });

    expect(await diagnosed(domain.with(master), name)).toMatchObject({
      mapping: { outcome: 'ok' },
      permissions: { outcome: 'ok' },
      kind: { outcome: 'ok' },
    });
    // Who runs the workflows himself is told his own roles, and no others.
    expect(await diagnosed(domain.as(name), name, { isCaller: true })).toMatchObject({
      mapping: { outcome: 'ok', message: expect.stringMatching(/manage_snapshots/) },
      permissions: { outcome: 'not checked', message: expect.stringContaining('No permission') },
      kind: { outcome: 'not checked' },
    });
  });

  it('find who is mapped to nothing, though the plugin gives everybody a role', async () => {
    const name = nameOf('caller');

    expect(await diagnosed(domain.with(master), name)).toMatchObject({
      mapping: { outcome: 'failed', message: expect.stringContaining(roleOf(name)) },
      permissions: { outcome: 'failed' },
    });
    expect(await diagnosed(domain.as(name), name, { isCaller: true })).toMatchObject({
      mapping: { outcome: 'failed' },
      permissions: { outcome: 'failed', message: expect.stringContaining('cluster:monitor/main') },
    });
  });

  it('find that manage_snapshots alone does not suffice, and which permissions are lacking', async () => {
    const name = nameOf('caller');
    await map(snapshotsRole, { backendRoles: [roleOf(name)] });

    const { mapping, permissions } = await diagnosed(domain.with(master), name);

    expect(mapping).toMatchObject({ outcome: 'ok' });
    const { cluster, allIndices, indices } = requiredPermissions.backup;
    const lacking = [...cluster, ...allIndices, ...indices].filter((one) => !one.startsWith('cluster:admin/'));
    expect(permissions).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(lacking.slice(0, 10).join(', ')),
    });
  });

  it('find that a role for the indices of the plan alone does not suffice, as the domain says as well', async () => {
    const name = nameOf('caller');
    await give(name, onlyOf([`${name}-*`]), { backendRoles: [roleOf(name)] });
    await map(snapshotsRole, { backendRoles: [roleOf(name)] });

    const { permissions } = await diagnosed(domain.with(master), name);

    expect(permissions?.message).toMatch(/permissions of the domain: indices:admin\/resolve\/index\.$/);
    await expect(domain.as(name).indices.list()).rejects.toMatchObject({
      message: expect.stringContaining('indices:admin/resolve/index'),
    });
  });

  it('find a role that is mapped as a user, until it is mapped as a role too', async () => {
    const name = nameOf('caller');
    await give(name, tandemPermissions, { users: [roleOf(name)] });

    expect((await diagnosed(domain.with(master), name)).kind).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(roleOf(name)),
    });
    await map(name, { backendRoles: [roleOf(name)] });
    expect((await diagnosed(domain.with(master), name)).kind).toMatchObject({ outcome: 'ok' });
  });

  it('find a user that is mapped as a role, until he is mapped as a user too', async () => {
    const name = nameOf('caller');
    const arn = roleOf(name).replace(':role/', ':user/');
    await give(name, tandemPermissions, { backendRoles: [arn] });

    expect((await diagnosed(domain.with(master), name, { arn })).kind).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`${arn} as a backend role, but it is a user`),
    });
    await map(name, { users: [arn] });
    expect((await diagnosed(domain.with(master), name, { arn })).kind).toMatchObject({ outcome: 'ok' });
  });
});
