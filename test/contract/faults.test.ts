import { describe, expect, it } from 'vitest';
import { outcomes } from '../../docs/faults/outcomes.ts';
import { acts, type FaultKind, type FaultyService, faultKinds } from '../../sandbox/faults/kinds.ts';
import { startFaultLayer } from '../../sandbox/faults/layer.ts';
import { hasCode, TandemError } from '../../shared/errors/tandem-error.ts';
import { waysOf } from '../support/fault-matrix/ways-to-fail.ts';
import { faultySubjects } from '../support/faulty-services.ts';

type Call = 'repeatable' | 'once';

const services: FaultyService[] = ['dynamodb', 's3', 'lambda', 'opensearch'];

/** What a call comes to through a fault layer: the code that it fails with, or that it does well. */
async function comesTo(
  service: FaultyService,
  kind: FaultKind,
  { call, times }: { call: Call; times: number },
): Promise<string | undefined> {
  const layer = await startFaultLayer(faultySubjects[service].upstream());
  try {
    const calls = await faultySubjects[service].open(layer.endpoint);
    layer.add({ kind, service, times });
    await (call === 'once' ? calls.once?.() : calls.repeatable(kind));
    return 'does well';
  } catch (error) {
    if (error instanceof TandemError) return error.code;
    throw error;
  } finally {
    await layer.stop();
  }
}

function kindsOf(service: FaultyService, call: Call): FaultKind[] {
  return faultKinds.filter((kind) => outcomes[service][kind]?.[call] !== undefined);
}

async function found(service: FaultyService, call: Call, times: number) {
  const of = kindsOf(service, call).map(async (kind) => [kind, await comesTo(service, kind, { call, times })] as const);
  return Object.fromEntries(await Promise.all(of));
}

describe.for(services)('a call of %s', (service) => {
  const told = Object.entries(outcomes[service]);

  it('that may be sent again does so, and fails as it is told once that was not enough', async () => {
    const expected = told.map(([kind, { repeatable }]) => [kind, repeatable]);
    expect(await found(service, 'repeatable', Number.POSITIVE_INFINITY)).toEqual(Object.fromEntries(expected));
  });

  it('that may be sent again does well where it fails once in passing', async () => {
    const expected = told.map(([kind, { repeatable, passing }]) => [kind, passing ? 'does well' : repeatable]);
    expect(await found(service, 'repeatable', 1)).toEqual(Object.fromEntries(expected));
  });
});

describe.for(services.filter((service) => service !== 's3'))('a call of %s that must not be done twice', (service) => {
  it('fails as it is told, though it fails once', async () => {
    const kinds = kindsOf(service, 'once').filter((kind) => outcomes[service][kind]?.once !== 'THROTTLED');
    const all = await found(service, 'once', 1);
    expect(kinds.map((kind) => [kind, all[kind]])).toEqual(kinds.map((kind) => [kind, outcomes[service][kind]?.once]));
  });

  it('fails as it is told where it is throttled for longer', async () => {
    const throttled = { call: 'once', times: Number.POSITIVE_INFINITY } as const;
    expect(await comesTo(service, 'throttled', throttled)).toBe('THROTTLED');
  });
});

/** A call of each service, as the fakes name it. */
const sample = {
  dynamodb: { repeatable: 'tables.delete', once: 'backups.create' },
  s3: { repeatable: 'objects.replace', once: 'objects.replace' },
  lambda: { repeatable: 'streamConsumers.setEnabled', once: 'streamConsumers.create' },
  opensearch: { repeatable: 'indices.delete', once: 'snapshots.restore' },
} as const;

it.for(services)('what a fault of %s comes to is among what the fakes fail with', (service) => {
  for (const call of ['repeatable', 'once'] as const) {
    for (const kind of kindsOf(service, call)) {
      const code = outcomes[service][kind]?.[call];
      const ways = waysOf(sample[service][call]);
      const same = ways.filter(({ error }) => code !== undefined && hasCode(error, code));
      expect(same, `${kind} (${call}): ${code}`).not.toEqual([]);
      const alike = ways.filter(({ error }) => error.name === same[0]?.error.name);
      if (acts(kind)) expect(alike.map(({ when }) => when)).toContain('after');
    }
  }
});
