import { join } from 'node:path';
import * as z from 'zod';
import { type Answer, json } from './answer.ts';
import type { Registration } from './repository.ts';
import { jsonOf } from './request.ts';

/** Where the plain server really keeps the snapshots of a domain. */
export type SnapshotStore =
  | { type: 's3'; endpoint: string; region: string; accessKeyId: string; secretAccessKey: string }
  /** For servers without the S3 plugin: a folder of the server's `path.repo`. */
  | { type: 'fs'; folder: string };

/**
 * The server keeps settings that it does not know, so the client's own are kept there, and outlive this process. The
 * name has no dot, because the server would answer it nested.
 */
const kept = 'sandbox_client_settings';

/** Settings that mean something to AWS only, or that the store has its own value for. */
const awsOnly = ['role_arn', 'endpoint', 'server_side_encryption', 'canned_acl', 'storage_class'];

/** The same repository as the plain server must register it in order to reach the sandbox's store. */
export function storedRegistration({ settings }: Registration, store: SnapshotStore): Registration {
  const passed = Object.entries(settings).filter(([name]) => !awsOnly.includes(name));
  const own = store.type === 's3' ? s3Settings(store) : fsSettings(store, settings);
  return { type: store.type, settings: { ...Object.fromEntries(passed), ...own, [kept]: JSON.stringify(settings) } };
}

function s3Settings(store: SnapshotStore & { type: 's3' }): Registration['settings'] {
  return {
    endpoint: store.endpoint,
    region: store.region,
    protocol: 'http',
    path_style_access: true,
    access_key: store.accessKeyId,
    secret_key: store.secretAccessKey,
    server_side_encryption_type: 'bucket_default',
  };
}

function fsSettings(
  { folder }: SnapshotStore & { type: 'fs' },
  { bucket, base_path }: Registration['settings'],
): Registration['settings'] {
  return { location: join(folder, String(bucket), String(base_path ?? '')) };
}

const repositories = z.record(
  z.string(),
  z.looseObject({ type: z.string(), settings: z.looseObject({ [kept]: z.string().optional() }) }),
);
const clientSettings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The server's list of repositories with the settings that the clients had sent, as strings, as on AWS. */
export function presentedRepositories(answer: Answer): Answer {
  const listed = repositories.safeParse(jsonOf(answer.body));
  if (!listed.success) return answer;
  const presented = Object.entries(listed.data).map(([name, repository]) => {
    const own = repository.settings[kept];
    if (typeof own !== 'string') return [name, repository];
    const settings = clientSettings.parse(JSON.parse(own));
    const texts = Object.entries(settings).map(([key, value]) => [key, String(value)]);
    return [name, { type: 's3', settings: Object.fromEntries(texts) }];
  });
  return json(answer.status, Object.fromEntries(presented));
}
