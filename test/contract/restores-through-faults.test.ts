import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomes } from '../../docs/faults/outcomes.ts';
import { type FaultKind, faultKinds } from '../../sandbox/faults/kinds.ts';
import type { ComingFault } from '../../sandbox/faults/layer.ts';
import { RealApplication } from '../support/real-application.ts';
import { expectSuccess } from '../support/round-trip.ts';

/** A request of every port that a restore makes, or several. */
const requests: readonly Omit<ComingFault, 'kind'>[] = [
  { service: 'dynamodb', operation: 'DescribeTable', skip: 3 },
  { service: 'dynamodb', operation: 'CreateBackup' },
  { service: 'dynamodb', operation: 'ListBackups' },
  { service: 'dynamodb', operation: 'DeleteTable' },
  { service: 'dynamodb', operation: 'RestoreTableFromBackup' },
  { service: 'dynamodb', operation: 'UpdateTable' },
  { service: 'dynamodb', operation: 'TagResource' },
  { service: 's3', method: 'GET', skip: 5 },
  { service: 's3', method: 'PUT', skip: 5 },
  { service: 'lambda', method: 'GET', path: /event-source-mappings/ },
  { service: 'lambda', method: 'POST', path: /event-source-mappings/ },
  { service: 'lambda', method: 'PUT', path: /event-source-mappings/ },
  { service: 'lambda', method: 'PUT', path: /concurrency/ },
  { service: 'opensearch', method: 'GET', path: /^\/_cluster/ },
  { service: 'opensearch', method: 'PUT', path: /^\/_snapshot\// },
  { service: 'opensearch', method: 'DELETE' },
  { service: 'opensearch', method: 'POST', path: /_restore/ },
  { service: 'opensearch', method: 'GET', path: /recovery/ },
];

/** Each request that a restore makes fails once at most, and no restore fails without one that failed. */
const mostFailures = requests.length;

let application: RealApplication;
let intact: unknown;

beforeAll(async () => {
  application = await RealApplication.start();
  intact = await application.state();
  expectSuccess(await application.backup());
});
afterAll(() => application.stop());

function asked(kind: FaultKind): ComingFault[] {
  return requests.filter(({ service }) => outcomes[service][kind] !== undefined).map((one) => ({ ...one, kind }));
}

describe('a restore on the services of the sandbox', () => {
  it.for(faultKinds)(
    'ends identical where a request to each port meets the fault "%s" once, carried on as often as it fails',
    async (kind) => {
      await application.damage();
      const alerts = application.alerts.published.length;
      for (const fault of asked(kind)) application.layers[fault.service].add(fault);

      let run = await application.restore({ point: 'backup-1' });
      let failures = 0;
      while (run.status === 'FAILED' && failures < mostFailures) {
        failures += 1;
        run = await application.carryOn();
      }

      expectSuccess(run);
      expect(Object.values(application.layers).flatMap((layer) => layer.left())).toEqual([]);
      expect(await application.state()).toEqual(intact);
      // One for each restore that failed, and one of its own where writers could not be put back.
      const told = application.alerts.published.slice(alerts).map(({ subject }) => subject);
      expect(told.filter((subject) => subject.includes('failed'))).toHaveLength(failures);
    },
  );
});
