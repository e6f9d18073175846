import { expect, test } from 'vitest';
import { whatIsKept } from '../../../resources/kept-buckets.ts';
import { planResources } from '../../../resources/plan-resources.ts';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';

function keptOf(catalog: string, repository = '') {
  const search = `{ endpoint: "https://search.example.com", repository: { name: r, bucket: snapshots, ${repository} } }`;
  const text = `{ version: 1, catalog: { bucket: the-catalog, ${catalog} }, plans: { shop: { search: ${search} } } }`;
  return whatIsKept(planResources(parsePlanFile(text, 'tandem.yml')));
}

test('the buckets that the deployment made stay, and are told by name', () => {
  expect(keptOf('')).toContain('the-catalog  the manifests');
  expect(keptOf('')).toContain('snapshots  the index snapshots');
});

test('a bucket that was there before is none of the deployment’s', () => {
  expect(keptOf('existing: true', 'existing: [bucket]')).not.toMatch(/the-catalog|snapshots {2}/);
});
