import { describe, expect, test } from 'vitest';
import { planFileSchema, repositorySchema } from '../../../shared/contracts/plan-file.ts';
import { refuseOtherWriter, refuseSharedPlans } from '../../../shared/core/shared-places.ts';

describe('two that write to one place', () => {
  const there = { bucket: 'snapshots', base_path: 'app' };
  const registered = (settings: Record<string, string>, type = 's3') => ({ other: { type, settings } });

  test.for([
    ['another repository of the domain', registered(there), {}, true],
    ['one that only reads', registered({ ...there, readonly: 'true' }), {}, false],
    ['one beside which this one only reads', registered(there), { readonly: true }, false],
    ['one of another path', registered({ ...there, base_path: 'shop' }), {}, false],
    ['one of the same path with a slash', registered({ ...there, base_path: 'app/' }), {}, true],
    ['one of another kind', registered(there, 'fs'), {}, false],
    ['one of another store', registered({ ...there, endpoint: '127.0.0.1:9000' }), {}, false],
    ['one of the same store by another name', registered({ ...there, endpoint: 's3.amazonaws.com' }), {}, true],
  ] as const)('%s', ([_case, others, settings, refused]) => {
    const repository = repositorySchema.parse({ name: 'tandem', bucket: 'snapshots', basePath: 'app', settings });
    const refuse = () => refuseOtherWriter(repository, others);
    if (refused) expect(refuse).toThrow(expect.objectContaining({ code: 'REPOSITORY_SHARED' }));
    else expect(refuse).not.toThrow();
  });

  const search = (change: object, endpoint = 'https://a.example.com') => ({
    search: { endpoint, repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app', ...change } },
  });

  test.for([
    ['domains', search({}, 'https://b.example.com'), true],
    ['repositories', search({ name: 'another' }), true],
    ['plans of one repository', search({}), false],
    ['domains, one of which only reads', search({ settings: { readonly: true } }, 'https://b.example.com'), false],
    ['domains with a store each', search({ settings: { endpoint: '127.0.0.1:9000' } }, 'https://b.example.com'), false],
    ['domains with a path each', search({ basePath: 'b' }, 'https://b.example.com'), false],
  ] as const)('in a plan file: %s', ([_case, second, refused]) => {
    const plans = { first: search({}), second };
    const file = planFileSchema.parse({ version: 1, catalog: { bucket: 'catalog' }, plans });
    const refuse = () => refuseSharedPlans(file);
    if (refused) expect(refuse).toThrow(expect.objectContaining({ code: 'REPOSITORY_SHARED' }));
    else expect(refuse).not.toThrow();
  });
});
