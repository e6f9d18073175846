#!/usr/bin/env node
// Plain JavaScript that an old Node reads too: it finds a Node that runs TypeScript, and hands over to main.ts.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const needed = 24;

if (Number.parseInt(process.versions.node, 10) >= needed) {
  // What it compiles it finds compiled the next time, which more than halves how long a command takes to begin.
  module.enableCompileCache();
  const { runAsProgram } = await import('./main.ts');
  await runAsProgram();
} else {
  const ownNode = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (existsSync(ownNode)) {
    handOver(ownNode);
  } else {
    process.stderr.write(
      `tandem needs Node ${needed} or newer, and this is ${process.version}.\n` +
        `What to do: run npm ci in Tandem's folder, which brings its own Node, or install Node ${needed}.\n`,
    );
    process.exitCode = 2;
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A signal to this process alone has to be passed on; a terminal sends Ctrl-C to both.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}
