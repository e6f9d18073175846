import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedDefinition, definitionDifferences, unlessChanged } from '../../../shared/core/index-definition.ts';

const mappings = { properties: { title: { type: 'text', analyzer: 'dutch' }, tags: { type: 'keyword' } } };
const settings = {
  'index.number_of_shards': '3',
  'index.number_of_replicas': '1',
  'index.analysis.analyzer.dutch.filter': ['lowercase', 'stem'],
};
const definition = capturedDefinition({ settings, mappings });

const differences = (live: Partial<Parameters<typeof capturedDefinition>[0]>) =>
  definitionDifferences(definition, capturedDefinition({ settings, mappings, ...live }));

describe('the definition of an index', () => {
  it('differs in nothing that a cluster gives every index anew', () => {
    const own = {
      'index.uuid': 'another',
      'index.creation_date': '1764316800000',
      'index.provided_name': 'another',
      'index.version.created': '137247827',
      'index.version.upgraded': '137247827',
      'index.blocks.read_only_allow_delete': 'true',
      'index.routing.allocation.require._name': 'node-1',
      'index.routing.allocation.initial_recovery._id': 'x',
    };

    expect(differences({ settings: { ...own, ...settings } })).toEqual([]);
  });

  it.for([
    ['index.number_of_replicas', '0'],
    ['index.max_result_window', '20000'],
    ['index.sort.field', 'title'],
    ['index.routing.allocation.require.zone', 'a'],
    ['index.analysis.analyzer.dutch.filter', ['lowercase']],
  ] as const)('differs in %s', ([name, value]) => {
    expect(differences({ settings: { ...settings, [name]: value } })).toMatchObject([
      { what: 'settings', found: expect.stringContaining(name) },
    ]);
  });

  it('does not differ in replicas that the cluster counts by its nodes', () => {
    const expanded = (replicas: string) =>
      capturedDefinition({
        settings: { ...settings, 'index.auto_expand_replicas': '0-1', 'index.number_of_replicas': replicas },
        mappings,
      });

    expect(definitionDifferences(expanded('1'), expanded('0'))).toEqual([]);
  });

  it('tells the first places that differ, each with what is there', () => {
    const changed = {
      properties: { title: { type: 'keyword', analyzer: 'dutch' }, a: { type: 'text' }, b: {}, tags: {} },
    };

    expect(differences({ mappings: changed })).toEqual([
      {
        what: 'mappings',
        expected: 'properties.a none, properties.b none, properties.tags.type "keyword" and 1 more',
        found: 'properties.a {"type":"text"}, properties.b {}, properties.tags.type none and 1 more',
      },
    ]);
  });

  it('tells that a long one differs, though not where', () => {
    const long = (last: string) => ({
      properties: Object.fromEntries(
        Array.from({ length: 300 }, (_, number) => [`field${number}`, { type: number === 299 ? last : 'text' }]),
      ),
    });
    const recorded = capturedDefinition({ settings, mappings: long('text') });

    expect(JSON.stringify(recorded).length).toBeLessThan(1_000);
    expect(definitionDifferences(recorded, capturedDefinition({ settings, mappings: long('text') }))).toEqual([]);
    expect(definitionDifferences(recorded, capturedDefinition({ settings, mappings: long('keyword') }))).toMatchObject([
      { what: 'mappings', found: expect.stringMatching(/^SHA-256 [0-9a-f]{64}, too long to say where$/) },
    ]);
  });

  it('differs from itself in no order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (some) => {
        const turned = Object.fromEntries(Object.entries(some).reverse());
        const [one, other] = [some, turned].map((each) => capturedDefinition({ settings, mappings: each }));
        expect(definitionDifferences(one, other)).toEqual([]);
      }),
    );
  });

  it('is not known of an index that changed while its snapshot was taken', () => {
    expect(unlessChanged(definition, definition)).toEqual(definition);
    expect(unlessChanged(definition, capturedDefinition({ settings, mappings: {} }))).toEqual({
      notCaptured: 'it changed while the snapshot was taken',
    });
    expect(unlessChanged(definition, { notCaptured: 'not allowed' })).toEqual(definition);
  });
});
