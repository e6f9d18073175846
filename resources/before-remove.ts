import { TandemError } from '../shared/errors/tandem-error.ts';
import { deployedPlan } from './deployed-plan.ts';
import { whatIsKept } from './kept-buckets.ts';

/** What `npm run remove` says before it removes anything. */
try {
  process.stderr.write(`${whatIsKept(deployedPlan())}\n\n`);
} catch (error) {
  if (!(error instanceof TandemError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  process.exitCode = 2;
}
