/**
 * Runs a command that must not outlive whoever started it, with everything that the command starts in turn.
 *
 *     node guard.ts GRACE_MILLISECONDS COMMAND [ARGUMENT...]
 *
 * Standard input is a pipe that only the starter holds open. When it ends, because the starter closed it or is gone,
 * even by SIGKILL, the command's process group is asked to end and after a grace killed. Whatever the command left
 * running when it ended by itself is killed too.
 */
import { spawn } from 'node:child_process';

const [grace = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

function signalGroup(signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // EPERM is what macOS says of a group that has only dead members left.
    const gone = error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
    if (!gone) throw error;
  }
}

function end(): void {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), Number(grace));
}

process.stdin.resume().once('close', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);

child.once('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', (code) => {
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});
