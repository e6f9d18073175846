import type { ScalingTarget } from '../../../shared/contracts/table-settings.ts';
import type { Scaling } from '../../../shared/ports/scaling.ts';

/** Application Auto Scaling in memory. */
export function fakeScaling(targets: ScalingTarget[] = []): Scaling {
  return {
    async describe(table, globalIndexes) {
      const resources = [`table/${table}`, ...globalIndexes.map((index) => `table/${table}/index/${index}`)];
      return targets.filter((target) => resources.includes(target.resourceId));
    },
  };
}
