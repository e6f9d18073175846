import type { Alerts } from '../ports/alerts.ts';

/** Standard error, for a plan that is run on this machine and has no topic. */
export function stderrAlerts(stream: { write(text: string): unknown }): Alerts {
  return {
    async publish({ subject, message }) {
      stream.write(`${subject}\n\n${message}\n`);
    },
  };
}
