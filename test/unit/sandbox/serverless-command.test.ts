import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runServerless } from '../../../sandbox/deployment/serverless-command.ts';
import { temporaryFolder, temporaryRun } from '../../support/sandbox-processes/temporary-sandbox.ts';

/** Leaves something where temporary files go, and tells where that is. */
const plugin = `
  const { mkdtempSync, writeFileSync } = require('node:fs');
  const left = mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'function-'));
  writeFileSync('left', left);
  module.exports = class { constructor() { this.hooks = {}; } };`;

const service = { service: 'untidy', provider: { name: 'aws' }, plugins: ['./plugin.cjs'] };

test('what the framework and its plugins leave in the folder for temporary files goes with the run', async () => {
  const { run } = await temporaryRun();
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'plugin.cjs'), plugin);
  await writeFile(join(folder, 'serverless.yml'), JSON.stringify(service));

  await runServerless(run, folder, ['print']);

  const left = await readFile(join(folder, 'left'), 'utf8');
  expect(existsSync(left)).toBe(true);
  await run.stop();
  expect(existsSync(left)).toBe(false);
});
