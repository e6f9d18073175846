import type { IndexRecord } from '../contracts/manifest.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { ClusterDisks, ClusterHealth, DataNodeDisk, Watermark } from '../ports/cluster-readings.ts';
import { bytesWithReplicas } from './restore-estimate.ts';

type Sized = Pick<IndexRecord, 'bytes' | 'primaries' | 'replicas'>;

/** What a restore takes away from a cluster before it brings anything back, and what it brings. */
export interface Change {
  deleted: Sized[];
  restored: Sized[];
}

/**
 * Whether the cluster takes the shards that the restore makes: it refuses an index, a restored one too, that would bring
 * it past cluster.max_shards_per_node times its data nodes. It counts replicas whether they find a place or not.
 */
export function shardProblems({ deleted, restored }: Change, health: ClusterHealth, perNode: number): TandemError[] {
  const limit = perNode * health.dataNodes;
  const [less, more] = [shardsOf(deleted), shardsOf(restored)];
  const after = health.shards - less + more;
  if (more === 0 || after <= limit) return [];
  const message = `The domain would have ${after} shards, and takes ${limit} (cluster.max_shards_per_node ${perNode}, data nodes ${health.dataNodes}): it has ${health.shards}, of which ${less} are deleted first, and ${more} come back.`;
  return [new TandemError('SHARD_LIMIT', message)];
}

function shardsOf(indices: Sized[]): number {
  return sum(indices.map(({ primaries, replicas }) => primaries * (1 + replicas)));
}

/** What room there is for the restored indices. */
export interface DiskVerdict {
  problems: TandemError[];
  remarks: string[];
}

/**
 * Whether the restored indices find room on the disks of the data nodes. A node gets no shard that would bring it past its
 * high watermark: beyond that the restore cannot end. Nor does one past its low watermark get any more: beyond that it
 * may not.
 */
export function diskVerdict({ deleted, restored }: Change, { nodes, watermarks }: ClusterDisks): DiskVerdict {
  const needed = sum(restored.map((index) => bytesWithReplicas(index, nodes.length)));
  const freed = sum(deleted.map((index) => bytesWithReplicas(index, nodes.length)));
  if (needed === 0) return { problems: [], remarks: [] };
  const roomBelow = (watermark: Watermark) => freed + sum(nodes.map((node) => roomOf(node, watermark)));
  const room = roomBelow(watermarks.high);
  const inWords = `the restored indices take ${gb(needed)} with their replicas, and the data nodes (${nodes.length}) have`;
  if (needed > room) {
    const message = `There is not enough room on disk: ${inWords} ${gb(room)} below their high watermark, the ${gb(freed)} of what is deleted first counted in.`;
    return { problems: [new TandemError('DISK_ROOM', message)], remarks: [] };
  }
  const comfortable = roomBelow(watermarks.low);
  if (needed <= comfortable) return { problems: [], remarks: [] };
  return {
    problems: [],
    remarks: [`room on disk gets scarce: ${inWords} ${gb(comfortable)} below their low watermark`],
  };
}

function roomOf({ totalBytes, availableBytes }: DataNodeDisk, watermark: Watermark): number {
  const kept =
    'freeBytes' in watermark ? watermark.freeBytes : Math.round(totalBytes - totalBytes * watermark.usedShare);
  return Math.max(0, availableBytes - kept);
}

function gb(bytes: number): string {
  return `${(bytes / 1e9).toLocaleString('en', { maximumSignificantDigits: 3 })} GB`;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
