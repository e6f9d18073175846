import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Command, GuardedProcess } from './guarded-process.ts';
import { takenPort } from './ports.ts';
import type { SandboxRun } from './run.ts';

/** A server that runs in the sandbox, on 127.0.0.1. */
export interface Server {
  endpoint: string;
  port: number;
  /** Its own folder, gone when it is stopped. */
  folder: string;
  /** What it wrote to standard output and standard error. */
  logFile: string;
  stop(): Promise<void>;
}

/** Where a server runs. */
export interface Place {
  /** All ports that it listens on, the one of its endpoint first. */
  ports: [number, ...number[]];
  /** Its own, fresh. */
  folder: string;
}

/** How to start a server and see that it is up. */
export interface Recipe {
  /** For people. */
  name: string;
  /** Asked again where one of them was taken meanwhile. */
  choosePorts(): Promise<Place['ports']>;
  /** Writes what the server needs into its folder, and tells the command. */
  prepare(place: Place): Promise<Omit<Command, 'folder'>>;
  /** Asks the server itself, and makes sure that it is not somebody else's on the same port. */
  isReady(place: Place, log: string): Promise<boolean>;
}

const attempts = 3;
const deadlineMilliseconds = 120_000;
const pollMilliseconds = 100;
const tailLines = 15;

/**
 * Starts a server and waits until it is ready.
 *
 * @throws TandemError SANDBOX_PART_FAILED, with the end of its log, where it ends or is not ready in time.
 */
export async function startServer(run: SandboxRun, recipe: Recipe): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const ports = await recipe.choosePorts();
    const place = { ports, folder: await run.makeFolder(recipe.name.toLowerCase()) };
    const server = await launch(run, recipe, place);
    try {
      await untilReady(server, recipe, place, run.context.clock);
      return server;
    } catch (error) {
      await server.stop();
      const taken = await takenPort(ports);
      if (taken === undefined || attempt === attempts) throw error;
      run.context.report(`Port ${taken} was taken meanwhile; ${recipe.name} is started again on another one.`);
    }
  }
}

type Launched = Server & Pick<GuardedProcess, 'ended'>;

async function launch(run: SandboxRun, recipe: Recipe, place: Place): Promise<Launched> {
  const { ports, folder } = place;
  const logFile = join(folder, 'log');
  const command = await recipe.prepare(place);
  const log = await open(logFile, 'a');
  const guarded = run.launch({ ...command, folder }, log.fd);
  await log.close();
  return {
    endpoint: `http://127.0.0.1:${ports[0]}`,
    port: ports[0],
    folder,
    logFile,
    ended: guarded.ended,
    stop: () => guarded.stop(),
  };
}

async function untilReady(server: Launched, recipe: Recipe, place: Place, clock: Clock): Promise<void> {
  let ended = false;
  const ending = server.ended.then(() => {
    ended = true;
  });
  const deadline = clock.now().getTime() + deadlineMilliseconds;
  while (!(await recipe.isReady(place, await readFile(server.logFile, 'utf8')))) {
    if (ended) throw await partFailed(server.logFile, `${recipe.name} ended before it was ready`);
    if (clock.now().getTime() > deadline)
      throw await partFailed(server.logFile, `${recipe.name} was not ready in time`);
    await Promise.race([clock.sleep(pollMilliseconds), ending]);
  }
}

/** The error of a server that did not do as it should, with the end of its log. */
export async function partFailed(logFile: string, what: string): Promise<TandemError> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  return new TandemError('SANDBOX_PART_FAILED', `${what}. The end of its log:\n${lines.slice(-tailLines).join('\n')}`);
}
