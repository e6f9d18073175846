import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { ReservedConcurrency } from '../../../shared/ports/reserved-concurrency.ts';

/** The functions of Lambda in memory, with what is reserved for each. */
export function fakeReservedConcurrency(functions: Map<string, number | undefined>): ReservedConcurrency {
  /** A function is named by its ARN as well. */
  const known = (given: string): string => {
    const name = given.replace(/^arn:.*:function:/, '');
    if (functions.has(name)) return name;
    throw new TandemError('WRITER_NOT_FOUND', `There is no function ${given}.`);
  };
  return {
    get: async (name) => functions.get(known(name)),
    async set(name, reserved) {
      functions.set(known(name), reserved);
    },
  };
}
