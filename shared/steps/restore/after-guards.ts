import { needsOtherPoint } from '../../core/how-to-go-on.ts';
import { TandemError } from '../../errors/tandem-error.ts';

/**
 * Makes a step one that runs after the guards have passed. A guard's refusal means that nothing was touched; what is
 * missing later went away while the restore was at work, and is told as that.
 *
 * @throws TandemError SOURCE_LOST, or SOURCE_UNREADABLE where it can become better, in place of a guard's refusal
 */
export function afterGuards<Parameters extends unknown[], Output>(
  run: (...parameters: Parameters) => Promise<Output>,
): (...parameters: Parameters) => Promise<Output> {
  return async (...parameters) => {
    try {
      return await run(...parameters);
    } catch (error) {
      if (!(error instanceof TandemError) || error.name !== 'GuardRefusedError') throw error;
      if (needsOtherPoint([error.code])) throw new TandemError('SOURCE_LOST', error.message, { cause: error });
      throw new TandemError('SOURCE_UNREADABLE', error.message, { cause: error, remedy: error.remedy });
    }
  };
}
