import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomes } from '../../docs/faults/outcomes.ts';
import { type FaultKind, type FaultyService, faultKinds } from '../../sandbox/faults/kinds.ts';
import type { ComingFault } from '../../sandbox/faults/layer.ts';
import type { PublishedAlert } from '../support/fakes/alerts.ts';
import { RealApplication } from '../support/real-application.ts';
import { expectSuccess } from '../support/round-trip.ts';

/** Requests that every restore makes, to each port of each service. */
const requests: Readonly<Record<FaultyService, readonly Omit<ComingFault, 'kind' | 'service'>[]>> = {
  dynamodb: [
    { operation: 'DeleteTable' },
    { operation: 'RestoreTableFromBackup' },
    // Third, so that it meets what a restore notices at once: that a backup was not made shows half a minute later.
    { operation: 'CreateBackup' },
    { operation: 'UpdateTable' },
    { operation: 'TagResource' },
    { operation: 'DescribeTable', skip: 3 },
    { operation: 'ListBackups' },
  ],
  s3: [
    { method: 'PUT', path: /table-restores/ },
    { method: 'GET', path: /index-restore/ },
    { method: 'PUT', path: /paused-writers/ },
    { method: 'PUT', path: /-safety\/manifest/ },
  ],
  lambda: [
    { method: 'POST', path: /event-source-mappings/ },
    { method: 'PUT', path: /event-source-mappings/ },
    { method: 'DELETE', path: /event-source-mappings/ },
    { method: 'PUT', path: /concurrency/ },
    { method: 'DELETE', path: /concurrency/ },
    { method: 'GET', path: /event-source-mappings/ },
  ],
  opensearch: [
    { method: 'POST', path: /_restore/ },
    { method: 'PUT', path: /^\/_snapshot\// },
    { method: 'DELETE' },
    { method: 'GET', path: /_recovery/ },
    { method: 'GET', path: /^\/_snapshot\/.*_status/ },
    { method: 'POST', path: /_search/ },
    { method: 'GET', path: /^\/_cluster/ },
  ],
};
const services = ['dynamodb', 's3', 'lambda', 'opensearch'] as const;

/** Two requests to each service that can fail in this way, the next two for the next kind. */
function sampleOf(kind: FaultKind): ComingFault[] {
  return services.flatMap((service) => {
    const place = faultKinds.filter((one) => outcomes[service][one] !== undefined).indexOf(kind);
    const all = requests[service];
    const two = [2 * place, 2 * place + 1].map((number) => all[number % all.length]);
    return two.flatMap((request) => (place < 0 || request === undefined ? [] : [{ ...request, service, kind }]));
  });
}

let application: RealApplication;
let intact: unknown;

beforeAll(async () => {
  application = await RealApplication.start();
  intact = await application.state();
  expectSuccess(await application.backup());
});
afterAll(() => application.stop());

/** What the alert of a restore that failed must tell, and nothing else leaves behind. */
async function expectWritersAsBeforeOrTold(alerts: PublishedAlert[]): Promise<void> {
  const isTold = alerts.some(({ message }) => message.includes('--resume-writers'));
  if (!isTold) expect(await application.reserved()).toBeUndefined();
}

describe('a restore on the services of the sandbox', () => {
  it.for(faultKinds)('ends identical, carried on as its alerts say, where requests meet "%s"', async (kind) => {
    await application.damage();
    application.alerts.published.length = 0;
    for (const fault of sampleOf(kind)) application.add(fault);

    let patience = kind === 'slow' ? 400 : 20_000;
    let run = await application.restore({ point: 'backup-1' }, patience);
    let failures = 0;
    let told = 0;
    while (run.status === 'FAILED' && failures < sampleOf(kind).length) {
      failures += 1;
      await expectWritersAsBeforeOrTold(application.alerts.published.slice(told));
      told = application.alerts.published.length;
      // A busy machine is slow besides, and not for ever.
      patience += 100;
      run = await application.carryOn(patience);
    }

    expectSuccess(run);
    expect(application.left()).toEqual([]);
    expect(await application.state()).toEqual(intact);
    expect(application.alerts.published.filter(({ subject }) => subject.includes('failed'))).toHaveLength(failures);
  });

  it('meets every one of the requests with a fault', () => {
    const met = faultKinds.flatMap(sampleOf).map(({ kind: _, ...request }) => request);
    const all = services.flatMap((service) => requests[service].map((request) => ({ ...request, service })));
    expect(all.filter((request) => !met.some((one) => isDeepStrictEqual(one, request)))).toEqual([]);
  });

  it.for<ComingFault>([
    { kind: 'denied', service: 'dynamodb', operation: 'UpdateTable' },
    { kind: 'denied', service: 's3', method: 'PUT', path: /table-restores/, skip: 2 },
    { kind: 'denied', service: 'opensearch', method: 'POST', path: /_restore/ },
  ])('is undone as its alert says where $service refuses a change for good', async (fault) => {
    await application.damage();
    const damaged = await application.state();
    application.alerts.published.length = 0;
    application.add(fault);

    expect(await application.restore({ point: 'backup-1' })).toMatchObject({ status: 'FAILED' });
    await expectWritersAsBeforeOrTold(application.alerts.published);
    expectSuccess(await application.undo());

    expect(application.left()).toEqual([]);
    expect(await application.state()).toEqual(damaged);
    expect(application.alerts.published).toHaveLength(1);
  });
});
