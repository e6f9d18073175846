import { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { clientOf, newBucket } from '../support/emulators.ts';
import { FakeBuckets } from '../support/fakes/object-store.ts';

interface Subject {
  name: string;
  open(): Promise<{ store: ObjectStore; missing: ObjectStore }>;
}

async function emulator(endpoint: string) {
  const client = new S3Client(clientOf(endpoint));
  const bucket = await newBucket(client);
  return { store: s3ObjectStore(client, bucket), missing: s3ObjectStore(client, `${bucket}-missing`) };
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open() {
      const buckets = new FakeBuckets('catalog');
      return { store: buckets.open('catalog'), missing: buckets.open('missing') };
    },
  },
  { name: 'MiniStack', open: () => emulator(inject('miniStack')) },
  { name: 'moto', open: () => emulator(inject('moto')) },
];

describe.each(subjects)('object store: $name', ({ open }) => {
  let store: ObjectStore;
  let missing: ObjectStore;
  beforeAll(async () => {
    ({ store, missing } = await open());
  });

  it('has no object that was never written', async () => {
    expect(await store.get('never')).toBeUndefined();
  });

  it('writes an object and reads it back, text of all kinds', async () => {
    const body = JSON.stringify({ text: 'Zürich 東京 😀', long: 'x'.repeat(100_000) });

    const version = await store.create('plans/app/a.json', body);

    expect(version).toBeTypeOf('string');
    expect(await store.get('plans/app/a.json')).toEqual({ body, version });
  });

  it('creates an object once', async () => {
    await store.create('once', '1');

    expect(await store.create('once', '2')).toBeUndefined();
    expect(await store.get('once')).toMatchObject({ body: '1' });
  });

  it('lets one of two win who create an object at the same time', async () => {
    const versions = await Promise.all([store.create('race', 'one'), store.create('race', 'other')]);

    const won = versions.filter((version) => version !== undefined);
    expect(won).toEqual([(await store.get('race'))?.version]);
  });

  it('replaces the version that is there, and no other', async () => {
    const first = (await store.create('replaced', '1')) ?? '';
    const second = await store.replace('replaced', '2', first);

    expect(second).not.toBe(first);
    expect(await store.get('replaced')).toEqual({ body: '2', version: second });
    expect(await store.replace('replaced', '3', first)).toBeUndefined();
    expect(await store.get('replaced')).toMatchObject({ body: '2' });
  });

  it('replaces nothing where there is no object', async () => {
    expect(await store.replace('nowhere', '1', '"0123456789abcdef0123456789abcdef"')).toBeUndefined();
    expect(await store.get('nowhere')).toBeUndefined();
  });

  it('lists what begins with a prefix, in the order of the alphabet', async () => {
    for (const key of ['list/b', 'list/a/2', 'list/a/10', 'list', 'lists/c', 'list/B']) await store.create(key, '{}');

    expect(await store.list('list/')).toEqual(['list/B', 'list/a/10', 'list/a/2', 'list/b']);
    expect(await store.list('nothing/')).toEqual([]);
  });

  it('says that the bucket is missing', async () => {
    const expected = { code: 'CATALOG_MISSING' };

    await expect(missing.get('key')).rejects.toMatchObject(expected);
    await expect(missing.create('key', '1')).rejects.toMatchObject(expected);
    await expect(missing.replace('key', '1', '"0"')).rejects.toMatchObject(expected);
    await expect(missing.list('key')).rejects.toMatchObject(expected);
  });
});
