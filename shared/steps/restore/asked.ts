import type { Proof, Wishes } from '../../contracts/restore-plan.ts';
import type { RestoreInput } from '../../contracts/steps.ts';

/** What a restore is asked for. */
export type Asked = Pick<RestoreInput, 'plan' | 'point' | 'safetyPoint'> & { wishes: Wishes; proof: Proof | undefined };
