import { EventEmitter } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { deployedWorkflows } from '../../cli/deployed/open-deployed-workflow.ts';
import { main } from '../../cli/main.ts';
import { startedRun } from '../../cli/started-run.ts';
import type { Surroundings, TextStream } from '../../cli/surroundings.ts';
import type { OpenWorkflow, WorkflowName } from '../../cli/workflow.ts';
import { readFailure } from '../../shared/errors/description.ts';
import { diagnosisPorts, FakeAccount } from './fakes/account.ts';
import { fakeDomains } from './fakes/domains.ts';
import { FakeExecutions } from './fakes/executions.ts';
import { FakeSetUpAccount } from './fakes/set-up-account.ts';
import { temporaryFolder } from './sandbox-processes/temporary-sandbox.ts';
import type { WorkflowRun } from './workflow.ts';
import { World } from './world.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
  /** Standard output, where it is one JSON document. */
  document: unknown;
}

/** The command line in a world in memory: `tandem` without a process, an account or a clock. */
export class CommandLine {
  readonly world: World;
  readonly executions: FakeExecutions;
  /** What there is beside the world. */
  readonly account = new FakeAccount();
  /** Sends the signals of the process. */
  readonly signals = new EventEmitter();
  /** What somebody types, where there is a terminal. */
  readonly keyboard = Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => {} });
  isTerminal = false;
  env: Record<string, string> = {};
  domains = fakeDomains();
  projectFolder = process.cwd();
  readonly setUpAccount = new FakeSetUpAccount();
  /** Runs a workflow with --local; by default in the world, in virtual time. */
  openLocal: OpenWorkflow = async (workflow, { planFile: config }) => ({
    place: 'on this machine',
    outlivesUs: false,
    start: async ({ anew: name }, input) => {
      this.world.place = { local: true, config };
      const ended = this.#execute(workflow, { ...input }, name);
      return {
        ...startedRun(name, input),
        isRunning: true,
        ended: () => ended.then(({ failure }) => ({ failure: failure && readFailure(failure) })),
      };
    },
    running: async () => [],
    find: async () => undefined,
  });
  /** Holds executions back, once they are started, until it resolves. */
  held: Promise<void> = Promise.resolve();
  /** Resolves when the first execution has been started. */
  readonly started: Promise<void>;
  readonly #markStarted: () => void;
  #suffix = 0;

  constructor(world = new World().addTables(2).addIndices(), machines = ['tandem-prod-backup', 'tandem-prod-restore']) {
    this.world = world;
    this.executions = new FakeExecutions(machines, async (machine, name, input) => {
      this.world.place = { stage: machine.split('-')[1] };
      const { failure } = await this.#execute(
        machine.endsWith('backup') ? 'backup' : 'restore',
        JSON.parse(input),
        name,
      );
      return failure === undefined ? { status: 'SUCCEEDED' } : { status: 'FAILED', failure };
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.started = promise;
    this.#markStarted = resolve;
  }

  async #execute(workflow: WorkflowName, input: Record<string, unknown>, name: string): Promise<WorkflowRun> {
    this.#markStarted();
    await this.held;
    return this.world[workflow](input, { name });
  }

  /** Runs `tandem` with these words, on the world's plan file. */
  async run(...args: string[]): Promise<Ended> {
    const [stdout, stderr] = [this.#stream(), this.#stream()];
    const written = Promise.all([text(stdout), text(stderr)]);
    const code = await main(
      [...args.slice(0, 1), ...(await this.#configOf(args)), ...args.slice(1)],
      this.#surroundings(stdout, stderr),
    );
    stdout.end();
    stderr.end();
    const [out, err] = await written;
    return { code, stdout: out, stderr: err, document: args.includes('--json') ? JSON.parse(out) : undefined };
  }

  #stream(): PassThrough & TextStream {
    return Object.assign(new PassThrough(), { isTTY: this.isTerminal, columns: 80 });
  }

  async #configOf(args: string[]): Promise<string[]> {
    const { planFile } = this.world;
    if (planFile === undefined || args.length === 0 || args.includes('--config')) return [];
    const file = join(await temporaryFolder(), 'tandem.yml');
    await writeFile(file, planFile);
    return ['--config', file];
  }

  #surroundings(stdout: TextStream, stderr: TextStream): Surroundings {
    this.keyboard.isTTY = this.isTerminal;
    return {
      stdin: this.keyboard,
      stdout,
      stderr,
      env: this.env,
      clock: this.world.clock,
      randomSuffix: () => {
        this.#suffix += 1;
        return `r${this.#suffix}`;
      },
      signals: this.signals,
      timeZone: 'Europe/Amsterdam',
      projectFolder: this.projectFolder,
      account: this.account.accountPort,
      setUpAccount: this.setUpAccount.as(this.executions, this.world),
      tables: this.world.dynamo.tables,
      domains: this.domains,
      openCatalog: (bucket) => this.world.buckets.open(bucket),
      openDeployed: deployedWorkflows(this.executions, this.world.clock),
      openLocal: (workflow, options) => this.openLocal(workflow, options),
      openWriters: async () => this.world.writers(),
      openDiagnosis: async () => ({ ...diagnosisPorts(this.world, this.account), executions: this.executions }),
    };
  }
}
