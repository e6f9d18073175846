/** Opens a run in the folder that it is given, launches the command there that follows, and waits to be killed. */
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxRun } from '../../../sandbox/processes/run.ts';
import { systemClock } from '../../../shared/adapters/system-clock.ts';

const [folder = '', command = '', ...args] = process.argv.slice(2);
const run = await SandboxRun.open({ folder, report: console.error, clock: systemClock });
run.launch({ command, args, environment: process.env, folder }, openSync(join(folder, 'output'), 'a'));
console.log(run.folder);
setInterval(() => run, 60_000);
