import * as z from 'zod';

/** That the alert of a failed execution was sent. */
export const sentAlertSchema = z.object({ execution: z.string(), sentAt: z.iso.datetime() });

export type SentAlert = z.infer<typeof sentAlertSchema>;
