import * as z from 'zod';
import { authSchema } from '../plan-file.ts';

/** The domain of a run and how to reach it. Holds the id of a secret, never a secret. */
export const connectionSchema = z.object({ endpoint: z.string(), auth: authSchema });
