import { once } from 'node:events';
import { shellLines } from './shell-lines.ts';
import { withSandbox } from './with-sandbox.ts';

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Keeps the sandbox up until Ctrl-C, and prints what another terminal needs to use it. */
await withSandbox(say, async (sandbox, signal) => {
  process.stdout.write(shellLines(sandbox));
  say('The sandbox is up. Paste these lines into another terminal, then use `npx tandem` there. Ctrl-C stops it.');
  await once(signal, 'abort');
  return 130;
});
