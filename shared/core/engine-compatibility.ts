import type { Engine, IndexRecord } from '../contracts/manifest.ts';

/**
 * Reading rules of the engines: an index is never newer than the node, and was created in this major version or the one
 * before. OpenSearch 1 counts as the successor of Elasticsearch 6 and the equal of Elasticsearch 7; indices that
 * Elasticsearch made keep its version numbers, 5 and up, in OpenSearch too. The two parted after Elasticsearch 7.10:
 * neither reads what the other one made since.
 */

interface Version {
  elasticsearch: boolean;
  parts: number[];
}

const firstElasticsearchMajor = 5;
const lastCommon: Version = { elasticsearch: true, parts: [7, 10, 2] };

function parse(text: string): Version {
  const parts = text
    .split(/[.-]/)
    .map(Number)
    .filter((part) => !Number.isNaN(part));
  return { elasticsearch: (parts[0] ?? 0) >= firstElasticsearchMajor, parts };
}

/** The place of a major version in the common line: Elasticsearch 7 and OpenSearch 1 share one. */
function generation({ elasticsearch, parts }: Version): number {
  return (parts[0] ?? 0) - (elasticsearch ? 6 : 0);
}

function isNewer(a: Version, b: Version): boolean {
  const differing = [0, 1, 2].find((place) => (a.parts[place] ?? 0) !== (b.parts[place] ?? 0));
  return differing !== undefined && (a.parts[differing] ?? 0) > (b.parts[differing] ?? 0);
}

function canRead(engine: Engine, index: Version): boolean {
  const node: Version = { ...parse(engine.version), elasticsearch: engine.distribution === 'elasticsearch' };
  if (generation(node) - generation(index) > 1) return false;
  if (node.elasticsearch !== index.elasticsearch) return !node.elasticsearch && !isNewer(index, lastCommon);
  return !isNewer(index, node);
}

/** Those of the indices that the engine cannot read. */
export function unreadableIndices(
  engine: Engine,
  indices: Pick<IndexRecord, 'name' | 'createdVersion'>[],
): Pick<IndexRecord, 'name' | 'createdVersion'>[] {
  return indices.filter((index) => !canRead(engine, parse(index.createdVersion)));
}

/**
 * Whether a snapshot may hold indices that are too old for the engine, though the engine that took it could read them.
 *
 * @param version of the engine that took it; undefined where nobody knows
 */
export function mayHoldUnreadable(engine: Engine, version: string | undefined): boolean {
  if (version === undefined) return true;
  const node: Version = { ...parse(engine.version), elasticsearch: engine.distribution === 'elasticsearch' };
  return generation(node) > generation(parse(version));
}
