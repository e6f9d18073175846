import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import { runCommand } from '../processes/run-command.ts';
import { fetchPython } from './python-part.ts';

/** Who may do everything, after the plugin's own demonstration settings. */
export const administrator = { username: 'admin', password: 'admin' } as const;

/** The headers that authorize the administrator. */
export const administratorHeaders = {
  authorization: `Basic ${Buffer.from(`${administrator.username}:${administrator.password}`).toString('base64')}`,
};

const certificateMaker = join(import.meta.dirname, '../jars/make_certificate.py');
const [certificate, key] = ['node.pem', 'node-key.pem'];

/** What the server is set up with for the plugin. Only what its nodes say to each other is encrypted. */
export const securitySettings = {
  'plugins.security.ssl.transport.pemcert_filepath': certificate,
  'plugins.security.ssl.transport.pemtrustedcas_filepath': certificate,
  'plugins.security.ssl.transport.pemkey_filepath': key,
  'plugins.security.ssl.transport.enforce_hostname_verification': false,
  'plugins.security.ssl.http.enabled': false,
  'plugins.security.nodes_dn': ['CN=node'],
  'plugins.security.authcz.admin_dn': ['CN=administrator'],
  'plugins.security.allow_default_init_securityindex': true,
  'plugins.security.restapi.roles_enabled': ['all_access', 'security_rest_api_access'],
  // As on the managed service: who restores must be allowed to make the indices and to write to them.
  'plugins.security.check_snapshot_restore_write_privileges': true,
  'plugins.security.enable_snapshot_restore_privilege': true,
  'plugins.security.audit.type': 'noop',
  'plugins.security.compliance.salt': 'sixteen-letters!',
};

/**
 * How callers are known: by name and password, or by what the front end of the domain says of whoever signed the
 * request. The managed service tells the plugin the ARN of a caller's role as his name and as his one backend role.
 */
const callers = {
  _meta: { type: 'config', config_version: 2 },
  config: {
    dynamic: {
      http: { anonymous_auth_enabled: false, xff: { enabled: true, internalProxies: '127\\.0\\.0\\.1' } },
      authc: {
        front_end: {
          http_enabled: true,
          order: 0,
          http_authenticator: {
            type: 'proxy',
            challenge: false,
            config: { user_header: 'x-proxy-user', roles_header: 'x-proxy-roles' },
          },
          authentication_backend: { type: 'noop' },
        },
        internal_users: {
          http_enabled: true,
          order: 1,
          http_authenticator: { type: 'basic', challenge: true },
          authentication_backend: { type: 'intern' },
        },
      },
    },
  },
};

/** Makes the certificate of the plugin beside its jars. */
export async function makeCertificate(run: SandboxRun, jars: string): Promise<void> {
  const args = [certificateMaker, jars];
  await runCommand(run, { command: await fetchPython(run), args, environment: process.env, folder: jars });
}

/** Writes what the plugin is configured with into the folder of the server's settings. JSON is YAML. */
export async function writeSecurityFiles(jars: string, conf: string): Promise<void> {
  const folder = join(conf, 'opensearch-security');
  await mkdir(folder);
  await cp(join(jars, 'config'), folder, { recursive: true });
  await writeFile(join(folder, 'config.yml'), JSON.stringify(callers));
  await Promise.all([certificate, key].map((file) => cp(join(jars, file), join(conf, file))));
}
