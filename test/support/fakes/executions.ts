import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { ExecutionDescription, Executions } from '../../../shared/ports/executions.ts';
import { Faults } from './faults.ts';

/** How an execution goes that was started; never ends by itself where it is undefined. */
type Conduct = (machine: string, name: string, input: string) => Promise<Partial<ExecutionDescription>>;

/** Step Functions in memory. */
export class FakeExecutions implements Executions {
  readonly faults = new Faults<`executions.${keyof Executions}`>();
  readonly #machines: string[];
  readonly #executions = new Map<string, ExecutionDescription>();
  readonly #conduct: Conduct | undefined;

  constructor(machines: string[], conduct?: Conduct) {
    this.#machines = machines;
    this.#conduct = conduct;
  }

  async machines() {
    return this.faults.run('executions.machines', '', () => this.#machines.map((name) => ({ name, arn: arnOf(name) })));
  }

  async start(machineArn: string, name: string, input: string): Promise<void> {
    return this.faults.run('executions.start', name, () => {
      const key = `${machineArn}:${name}`;
      const there = this.#executions.get(key);
      if (there?.status === 'RUNNING' && there.input === input) return;
      if (there !== undefined) throw new TandemError('EXECUTION_EXISTS', `There is an execution ${name} already.`);
      this.#executions.set(key, { name, status: 'RUNNING', input, failure: undefined });
      const ended = this.#conduct?.(machineArn.split(':').at(-1) ?? '', name, input);
      ended?.then((end) => this.end(name, end)).catch((error) => this.end(name, { status: 'FAILED', failure: error }));
    });
  }

  async find(machineArn: string, name: string): Promise<ExecutionDescription | undefined> {
    return this.faults.run('executions.find', name, () => this.#executions.get(`${machineArn}:${name}`));
  }

  async running(machineArn: string): Promise<ExecutionDescription[]> {
    return this.faults.run('executions.running', machineArn, () =>
      [...this.#executions]
        .filter(([key, { status }]) => key.startsWith(`${machineArn}:`) && status === 'RUNNING')
        .map(([, execution]) => execution)
        .toReversed(),
    );
  }

  /** Everything that was started. */
  get started(): ExecutionDescription[] {
    return [...this.#executions.values()];
  }

  end(name: string, end: Partial<ExecutionDescription>): void {
    for (const [key, execution] of this.#executions) {
      if (execution.name === name) this.#executions.set(key, { ...execution, ...end });
    }
  }
}

function arnOf(machine: string): string {
  return `arn:aws:states:eu-west-1:111122223333:stateMachine:${machine}`;
}
