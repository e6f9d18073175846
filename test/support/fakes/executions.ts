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

  async start(machineArn: string, name: string, input: string): Promise<string> {
    return this.faults.run('executions.start', name, () => {
      const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      if (this.#executions.has(arn)) return arn;
      this.#executions.set(arn, { name, status: 'RUNNING', input, failure: undefined });
      const ended = this.#conduct?.(machineArn.split(':').at(-1) ?? '', name, input);
      ended?.then((end) => this.end(arn, end)).catch((error) => this.end(arn, { status: 'FAILED', failure: error }));
      return arn;
    });
  }

  async describe(executionArn: string): Promise<ExecutionDescription> {
    return this.faults.run('executions.describe', executionArn, () => {
      const execution = this.#executions.get(executionArn);
      if (execution === undefined) throw new TandemError('PROVIDER_FAILURE', `There is no execution ${executionArn}.`);
      return execution;
    });
  }

  async running(machineArn: string): Promise<string[]> {
    const prefix = `${machineArn.replace(':stateMachine:', ':execution:')}:`;
    return this.faults.run('executions.running', machineArn, () =>
      [...this.#executions]
        .filter(([arn, { status }]) => arn.startsWith(prefix) && status === 'RUNNING')
        .map(([arn]) => arn),
    );
  }

  /** Everything that was started. */
  get started(): ExecutionDescription[] {
    return [...this.#executions.values()];
  }

  /** Ends an execution, given by its name or its ARN. */
  end(nameOrArn: string, end: Partial<ExecutionDescription>): void {
    for (const [arn, execution] of this.#executions) {
      if (arn === nameOrArn || execution.name === nameOrArn) this.#executions.set(arn, { ...execution, ...end });
    }
  }
}

function arnOf(machine: string): string {
  return `arn:aws:states:eu-west-1:111122223333:stateMachine:${machine}`;
}
