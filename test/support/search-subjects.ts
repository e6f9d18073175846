import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { startDomain } from '../../sandbox/opensearch/domain.ts';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { SearchAuth } from '../../shared/contracts/plan-file.ts';
import type { ClusterDisks } from '../../shared/ports/cluster-readings.ts';
import type { SearchDomain } from '../../shared/ports/search-domain.ts';
import type { RepositoryDefinition } from '../../shared/ports/snapshots.ts';
import { clientOf } from './emulators.ts';
import { eventually, type Waiting } from './eventually.ts';
import { FakeClock } from './fakes/clock.ts';
import { FakeSearch } from './fakes/search.ts';
import { fakeSecrets } from './fakes/secrets.ts';
import { type NewIndex, searchOfEngine } from './search-of-engine.ts';

/** A domain of one data node that the contract suites run on, with what they need beside the ports. */
export interface Search extends SearchDomain, Waiting {
  createIndex(name: string, index: NewIndex): Promise<void>;
  /** Makes an index that no node may hold, so that it has no primary. */
  createRedIndex(name: string): Promise<void>;
  createDataStream(name: string): Promise<void>;
  addDocuments(name: string, count: number): Promise<void>;
  /** Blocks every change of an index, or allows them again. */
  setReadOnly(name: string, readOnly: boolean): Promise<void>;
  removeIndex(name: string): Promise<void>;
  /** How full the disks of the nodes may get; undefined: as full as they can. */
  setWatermarks(watermarks: ClusterDisks['watermarks'] | undefined): Promise<void>;
  /** A place for snapshots that nothing else uses. */
  newRepository(settings?: Record<string, string>): RepositoryDefinition;
  /** A place that nothing can be written to, made before it is registered under that name. */
  unwritableRepository(name: string): Promise<RepositoryDefinition>;
  stop(): Promise<void>;
}

type Engine = ReturnType<typeof searchOfEngine>;

export interface SearchSubject {
  name: string;
  open(): Promise<Search>;
}

interface SearchEngine extends SearchSubject {
  /** The engine itself, for what the ports do not do. */
  engine(): Engine;
}

const keys = { accessKeyId: 'AKIATANDEM', secretAccessKey: 'a secret' };
const region = 'us-east-1';
const real = { clock: systemClock, pollMilliseconds: 50, stop: async () => {} };

async function fake(): Promise<Search> {
  const clock = new FakeClock();
  const search = new FakeSearch(clock);
  const documents = new Map<string, number>();
  const setDocuments = (name: string, count: number) => {
    documents.set(name, count);
    search.changeIndex(name, { documents: count });
  };
  return {
    clock,
    pollMilliseconds: 1_000,
    indices: search.indices,
    snapshots: search.snapshots,
    cluster: search.cluster,
    settings: search.settings,
    security: search.security,
    async createIndex(name, index) {
      search.addIndex(name, { mappings: { properties: { parts: { type: 'nested' } } }, ...index });
      setDocuments(name, index.documents ?? 0);
    },
    async createRedIndex(name) {
      search.addIndex(name);
      search.breakIndex(name, 'filter: node does not match index setting [index.routing.allocation.require]');
    },
    createDataStream: async (name) => search.addDataStream(name),
    addDocuments: async (name, count) => setDocuments(name, (documents.get(name) ?? 0) + count),
    setReadOnly: async (name, readOnly) => search.changeIndex(name, { readOnly }),
    removeIndex: async (name) => search.removeIndex(name),
    async setWatermarks(watermarks = { low: { usedShare: 1 }, high: { usedShare: 1 } }) {
      search.configure({ disks: { nodes: (await search.cluster.disks()).nodes, watermarks } });
    },
    newRepository: (settings = {}) => ({ type: 's3', settings: { bucket: 'b', base_path: randomUUID(), ...settings } }),
    async unwritableRepository(name) {
      search.setUnwritable(name, 'Access Denied');
      return { type: 's3', settings: { bucket: 'b' } };
    },
    stop: async () => {},
  };
}

/** With snapshots in an S3 bucket. */
async function openSearch(): Promise<Search> {
  const endpoint = inject('openSearch');
  const bucket = await newBucket();
  const at = (name: string, settings: Record<string, string>) => ({
    type: 's3',
    settings: { ...s3Settings(), bucket: name, base_path: randomUUID(), ...settings },
  });
  return {
    ...real,
    ...connect(endpoint, { type: 'none' }),
    ...searchOfEngine(endpoint),
    newRepository: (settings = {}) => at(bucket, settings),
    unwritableRepository: async () => at(randomUUID(), {}),
  };
}

/** Behind the sandbox's front end, which takes signed requests only and knows what the managed service offers. */
async function managedDomain(): Promise<Search> {
  const bucket = await newBucket();
  const domain = await startDomain({
    arn: `arn:aws:es:${region}:000000000000:domain/app`,
    region,
    clock: systemClock,
    secretOf: async () => keys.secretAccessKey,
    server: inject('openSearch'),
    store: { type: 's3', endpoint: new URL(inject('miniStack')).host, region, ...storeKeys },
    patience: 60_000,
  });
  const at = (name: string, settings: Record<string, string>) => {
    const role_arn = 'arn:aws:iam::000000000000:role/snapshots';
    return { type: 's3', settings: { bucket: name, base_path: randomUUID(), role_arn, ...settings } };
  };
  return {
    ...real,
    ...connect(domain.endpoint, { type: 'sigv4' }),
    ...searchOfEngine(inject('openSearch')),
    newRepository: (settings = {}) => at(bucket, settings),
    unwritableRepository: async () => at(randomUUID(), {}),
    stop: () => domain.stop(),
  };
}

/** With snapshots in a folder of the server's. */
async function elasticsearch(): Promise<Search> {
  const endpoint = inject('elasticsearch');
  const domain = connect(endpoint, { type: 'none' });
  const engine = searchOfEngine(endpoint);
  const newRepository = (settings = {}) => ({ type: 'fs', settings: { location: randomUUID(), ...settings } });
  return {
    ...real,
    ...domain,
    ...engine,
    newRepository,
    async unwritableRepository(name) {
      // A place below a file: a repository is made, and holds the file `index.latest` once it has a snapshot.
      const { type, settings } = newRepository();
      await domain.snapshots.register(`${name}-file`, { type, settings });
      await engine.createIndex(`${name}-index`, {});
      await domain.snapshots.start(`${name}-file`, 'first', [`${name}-index`], {});
      await eventually(real, async () => (await domain.snapshots.get(`${name}-file`, 'first'))?.completedAt);
      return { type, settings: { location: `${settings.location}/index.latest` } };
    },
  };
}

function connect(endpoint: string, auth: SearchAuth): SearchDomain {
  const sources = { credentials: async () => keys, region: async () => region, secrets: fakeSecrets({}) };
  return connectOpenSearch({ ...sources, clock: systemClock })({ endpoint, auth });
}

const storeKeys = { accessKeyId: 'test', secretAccessKey: 'test' };

function s3Settings(): Record<string, string> {
  return {
    endpoint: new URL(inject('miniStack')).host,
    protocol: 'http',
    path_style_access: 'true',
    region,
    access_key: storeKeys.accessKeyId,
    secret_key: storeKeys.secretAccessKey,
    server_side_encryption_type: 'bucket_default',
  };
}

async function newBucket(): Promise<string> {
  const bucket = `snapshots-${randomUUID()}`;
  const s3 = new S3Client({ ...clientOf(inject('miniStack')), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

/** The subjects that are no fake. */
export const searchEngines: SearchEngine[] = [
  { name: 'OpenSearch', open: openSearch, engine: () => searchOfEngine(inject('openSearch')) },
  { name: 'OpenSearch as a managed domain', open: managedDomain, engine: () => searchOfEngine(inject('openSearch')) },
  { name: 'Elasticsearch', open: elasticsearch, engine: () => searchOfEngine(inject('elasticsearch')) },
];

export const searchSubjects: SearchSubject[] = [{ name: 'the fake', open: fake }, ...searchEngines];
