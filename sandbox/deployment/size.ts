import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { bundleSizes, largestBundle } from './bundle-sizes.ts';
import { packageFolder, packageService } from './service-package.ts';

/** Prints how large the code of each function is, and fails where one is too large. */
const packaged = await packageService(resolve(import.meta.dirname, '../../tandem.example.yml'));
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
