import { isCancel, text } from '@clack/prompts';
import type { RestoreRun } from '../shared/contracts/ledger/restore-run.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import type { RestoreOptions } from './options.ts';
import { colorsFor } from './output/colors.ts';
import { restorePlanText } from './output/restore-plan-text.ts';
import type { Surroundings } from './surroundings.ts';

/** What confirms a restore, in the input of its state machine. */
interface Consent {
  planHash?: string | undefined;
  confirmed?: boolean;
}

/** What the options confirm, or undefined where they leave it open. */
export function consentOf({ yes, planHash }: Pick<RestoreOptions, 'yes' | 'planHash'>): Consent | undefined {
  if (planHash !== undefined) return { planHash };
  return yes ? { confirmed: true } : undefined;
}

/**
 * Shows what a restore would do and has somebody type the plan's name, which confirms that and nothing else.
 *
 * @param options how much of the plan is shown
 * @param look finds out what the restore would do; not called where there is nobody to ask
 * @throws TandemError NOT_CONFIRMED
 */
export async function confirmAtTerminal(
  surroundings: Surroundings,
  { all }: Pick<RestoreOptions, 'all'>,
  look: () => Promise<RestoreRun>,
): Promise<Consent> {
  const { stdin, stderr, env } = surroundings;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new TandemError('NOT_CONFIRMED', 'The restore is not confirmed, and there is no terminal to ask at.', {
      remedy:
        'Look at the plan with --dry-run and give its hash with --plan-hash, or confirm whatever it is with --yes.',
    });
  }
  const run = await look();
  const { restorePlan, planHash } = run;
  stderr.write(`\n${restorePlanText(run, colorsFor(stderr, env), { all, terminal: true })}\n\n`);
  const typed = await text({
    message: `Type ${restorePlan.plan} to do this.`,
    validate: (value) => (value === restorePlan.plan ? undefined : `That is not "${restorePlan.plan}".`),
    input: stdin,
    output: stderr,
  });
  if (isCancel(typed)) throw new TandemError('NOT_CONFIRMED', 'Nothing was touched: the restore was not confirmed.');
  return { planHash };
}
