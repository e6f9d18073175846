import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Command {
  command: string;
  args: string[];
  /** The whole environment: nothing is inherited. */
  environment: NodeJS.ProcessEnv;
  /** The working folder. */
  folder: string;
  /** How long it may take to end when it is asked to, before it is killed: 20 seconds without it. */
  graceMilliseconds?: number;
}

const guard = join(import.meta.dirname, 'guard.ts');

const usualGraceMilliseconds = 20_000;

/**
 * A command that ends, with all its descendants in its process group, at the latest when this process does: it runs
 * under guard.ts. It is in a session of its own, so Ctrl-C reaches this process only.
 */
export class GuardedProcess {
  /** Resolves to the exit code when the command and its group are gone. */
  readonly ended: Promise<number>;
  readonly #guard: ChildProcess;

  /** @param output where standard output and standard error go: an open file, or `pipe` for `output`. */
  constructor(
    { command, args, environment, folder, graceMilliseconds = usualGraceMilliseconds }: Command,
    output: number | 'pipe',
  ) {
    this.#guard = spawn(process.execPath, [guard, String(graceMilliseconds), command, ...args], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['pipe', output, output],
    });
    this.ended = once(this.#guard, 'close').then(([code]) => (typeof code === 'number' ? code : 1));
  }

  /** What the command writes, where it was started with `pipe`. */
  get output(): NodeJS.ReadableStream[] {
    return [this.#guard.stdout, this.#guard.stderr].filter((stream) => stream !== null);
  }

  /** Asks the group to end, kills what has not ended after a grace, and waits until all is gone. */
  async stop(): Promise<void> {
    this.#guard.stdin?.end();
    await this.ended;
  }
}
