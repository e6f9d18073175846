import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from './context.ts';
import { type Command, GuardedProcess } from './guarded-process.ts';
import { ProcessLock, whileLocked } from './process-lock.ts';

/** Held by the process whose run it is. */
const lockFile = 'in-use';

/** Something that works until it is stopped; stopping it twice does no harm. */
interface Stoppable {
  stop(): Promise<void>;
}

/** One use of the sandbox, from the first part started to all stopped and every trace removed. */
export class SandboxRun {
  readonly context: SandboxContext;
  /** What the parts write while they run, removed when it ends. */
  readonly folder: string;
  readonly #lock: ProcessLock;
  readonly #kept: Stoppable[] = [];
  #stopping: Promise<void> | undefined;

  private constructor(context: SandboxContext, folder: string, lock: ProcessLock) {
    this.context = context;
    this.folder = folder;
    this.#lock = lock;
  }

  /** Opens a run, and removes what runs left behind whose process is gone. */
  static async open(context: SandboxContext): Promise<SandboxRun> {
    const runs = join(context.folder, 'run');
    await mkdir(runs, { recursive: true });
    return whileLocked(join(context.folder, 'run.lock'), context, async () => {
      await removeDeadRuns(runs);
      const folder = await mkdtemp(join(runs, 'run-'));
      const lock = ProcessLock.tryTake(join(folder, lockFile));
      if (lock === undefined) throw new Error(`${folder} was just made and is locked already.`);
      return new SandboxRun(context, folder, lock);
    });
  }

  /** Makes a fresh folder for a part. */
  makeFolder(name: string): Promise<string> {
    return mkdtemp(join(this.folder, `${name}-`));
  }

  /** Starts a command that is stopped with the run, or when this process ends in any way. */
  launch(command: Command, output: number | 'pipe'): GuardedProcess {
    this.#assertGoingOn();
    const guarded = new GuardedProcess(command, output);
    this.#kept.push(guarded);
    return guarded;
  }

  /**
   * Has something that was started in this process stopped with the run.
   *
   * @throws Error where the run was stopped meanwhile, once that is stopped as well
   */
  async keep<Started extends Stoppable>(starting: Promise<Started>): Promise<Started> {
    const started = await starting;
    if (this.#stopping !== undefined) await started.stop();
    this.#assertGoingOn();
    this.#kept.push(started);
    return started;
  }

  /** Stops all that was launched and kept, and removes the folder. Stopping again waits for the same. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    await Promise.all(this.#kept.map((one) => one.stop()));
    this.#lock.release();
    await removeFolder(this.folder);
  }

  #assertGoingOn(): void {
    if (this.#stopping !== undefined) throw new Error('This run of the sandbox is stopped.');
  }
}

async function removeDeadRuns(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const folder = join(runs, name);
    const lock = ProcessLock.tryTake(join(folder, lockFile));
    if (lock === undefined) continue;
    lock.release();
    await removeFolder(folder);
  }
}

/** Retried by Node, because the processes of a dead run may write for a moment still. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20 });
}
