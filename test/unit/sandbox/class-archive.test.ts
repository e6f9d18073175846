import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeClassArchive } from '../../../sandbox/parts/class-archive.ts';
import { engines } from '../../../sandbox/parts/engines.ts';
import { temporaryFolder, temporaryRun } from '../../support/sandbox-processes/temporary-sandbox.ts';

/** A `java` that answers as a search server of one node, and does this when it is asked to end. */
async function javaThat(ends: string): Promise<string> {
  const java = join(await temporaryFolder(), 'java');
  const program = `#!/usr/bin/env node
    const [archive] = process.argv.flatMap((one) => one.split('-XX:ArchiveClassesAtExit=').slice(1));
    const valueOf = (name) => process.argv[process.argv.indexOf(name) + 1];
    const health = { cluster_name: valueOf('-clusterName'), number_of_nodes: 1 };
    const server = require('node:http').createServer((_, answer) => answer.end(JSON.stringify(health)));
    server.listen(Number(valueOf('-baseHttpPort')) + 1, '127.0.0.1');
    process.on('SIGTERM', () => { ${ends}; process.exit(143); });`;
  await writeFile(java, program);
  await chmod(java, 0o755);
  return java;
}

async function write(ends: string): Promise<void> {
  const { run } = await temporaryRun();
  const server = { engine: engines.opensearch, java: await javaThat(ends), jars: await temporaryFolder() };
  await writeClassArchive(run, join(run.folder, 'classes.jsa'), server);
}

test('a search engine that leaves the archive of its classes is complete', async () => {
  await expect(write("require('node:fs').writeFileSync(archive, '')")).resolves.toBeUndefined();
});

test('one that leaves none is not, and the end of its log says why', async () => {
  await expect(write("console.log('no space left')")).rejects.toMatchObject({
    name: 'InvalidRequestError',
    code: 'SANDBOX_PART_FAILED',
    message: 'OpenSearch left no archive of its classes. The end of its log:\nno space left',
  });
});
