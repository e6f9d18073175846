import { once } from 'node:events';
import { shellWord } from '../shared/core/shell-word.ts';
import { withSandbox } from './with-sandbox.ts';

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Keeps the sandbox up until Ctrl-C, and prints what another terminal needs to use it. */
await withSandbox(say, async (sandbox, signal) => {
  const exports = Object.entries({ ...sandbox.environment, TANDEM_CONFIG: sandbox.planFile });
  process.stdout.write(exports.map(([name, value]) => `export ${name}=${shellWord(value)}\n`).join(''));
  say('The sandbox is up. Paste these lines into another terminal, then use `npx tandem` there. Ctrl-C stops it.');
  await once(signal, 'abort');
  return 130;
});
