import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { projectSandboxFolder } from '../processes/context.ts';
import { SandboxRun } from '../processes/run.ts';
import { bundleSizes, largestBundle } from './bundle-sizes.ts';
import { packageFolder, packageService } from './service-package.ts';

/** Prints how large the code of each function is, and fails where one is too large. */
const report = (line: string) => process.stderr.write(`${line}\n`);
const run = await SandboxRun.open({ folder: projectSandboxFolder, report, clock: systemClock });
const packaged = await packageService(resolve(import.meta.dirname, '../../tandem.example.yml'), run).finally(() =>
  run.stop(),
);
const sizes = await bundleSizes(join(packaged, packageFolder));

const table = new Table({ head: ['function', 'bytes'], colAligns: ['left', 'right'], style: { head: [], border: [] } });
table.push(...sizes.map(({ name, bytes }) => [name, bytes]));
process.stdout.write(`${table.toString()}\n`);

const tooLarge = sizes.filter(({ bytes }) => bytes > largestBundle);
if (tooLarge.length > 0) {
  const names = tooLarge.map(({ name }) => name).join(', ');
  process.stderr.write(`Larger than ${largestBundle} bytes: ${names}. Import only the clients that the step needs.\n`);
  process.exitCode = 1;
}
