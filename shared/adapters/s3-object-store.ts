import {
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { ObjectStore, StoredObject } from '../ports/object-store.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';
import { attemptsOf } from './aws-errors.ts';

/** The condition does not hold; another conditional write of the key goes on; there is nothing to replace. */
const conditionFailed = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

/**
 * A bucket of S3. The caller needs s3:ListBucket on it, or a missing object answers "access denied".
 *
 * @param missing what it means where there is no such bucket
 */
export function s3ObjectStore(
  client: S3Client,
  bucket: string,
  missing: 'CATALOG_MISSING' | 'SNAPSHOT_BUCKET_MISSING' = 'CATALOG_MISSING',
): ObjectStore {
  const refusals = { NoSuchBucket: missing };

  async function get(key: string): Promise<StoredObject | undefined> {
    const what = `GetObject s3://${bucket}/${key}`;
    const answer = await ask(
      client,
      what,
      async () => {
        const object = await client
          .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
          .catch(undefinedOn('NoSuchKey'));
        return object && { body: await object.Body?.transformToString(), version: object.ETag };
      },
      refusals,
    );
    return answer && understand(z.object({ body: z.string(), version: z.string() }), answer, what);
  }

  async function put(
    key: string,
    body: string,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  ): Promise<string | undefined> {
    const what = `PutObject s3://${bucket}/${key}`;
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: 'application/json',
      ...condition,
    });
    const call = async () => {
      try {
        return understand(z.string(), (await client.send(command)).ETag, what);
      } catch (error) {
        if (!(error instanceof Error) || !conditionFailed.includes(error.name)) throw error;
        return attemptsOf(error) > 1 ? versionOfOwn(key, body) : undefined;
      }
    };
    return ask(client, what, call, refusals);
  }

  /** After a lost answer the SDK sends a write again, which is then refused because the first one was carried out. */
  async function versionOfOwn(key: string, body: string): Promise<string | undefined> {
    const found = await get(key);
    return found?.body === body ? found.version : undefined;
  }

  return {
    get,
    create: (key, body) => put(key, body, { IfNoneMatch: '*' }),
    replace: (key, body, version) => put(key, body, { IfMatch: version }),
    list: (prefix) =>
      ask(
        client,
        `ListObjectsV2 s3://${bucket}/${prefix}`,
        async () => {
          const keys: string[] = [];
          for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
            for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
          }
          return keys;
        },
        refusals,
      ),
  };
}
