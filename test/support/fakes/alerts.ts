import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Alerts } from '../../../shared/ports/alerts.ts';
import { Faults } from './faults.ts';

export type PublishedAlert = Parameters<Alerts['publish']>[0];

/** A topic that keeps what was published to it. */
export class FakeAlerts implements Alerts {
  readonly faults = new Faults<'alerts.publish'>();
  readonly published: PublishedAlert[] = [];

  async publish(alert: PublishedAlert): Promise<void> {
    this.faults.run('alerts.publish', alert.topic ?? '', () => {
      if (!/^[\x20-\x7e]{1,100}$/.test(alert.subject)) {
        throw new TandemError('PROVIDER_FAILURE', `"${alert.subject}" is no subject that SNS takes.`);
      }
      this.published.push(alert);
    });
  }
}
