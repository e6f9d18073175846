import type { ScalingTarget } from '../../../shared/contracts/table-settings.ts';
import type { Scaling } from '../../../shared/ports/scaling.ts';

/** Application Auto Scaling in memory. */
export function fakeScaling(targets: ScalingTarget[] = []): Scaling {
  return {
    async describe(table, globalIndexes) {
      const resources = [`table/${table}`, ...globalIndexes.map((index) => `table/${table}/index/${index}`)];
      return targets.filter((target) => resources.includes(target.resourceId));
    },

    async put(target) {
      const at = targets.findIndex(
        ({ resourceId, dimension }) => resourceId === target.resourceId && dimension === target.dimension,
      );
      const present = targets[at];
      const merged = {
        ...target,
        policies: withOthers(target.policies, present?.policies),
        scheduledActions: withOthers(target.scheduledActions, present?.scheduledActions),
      };
      targets.splice(at === -1 ? targets.length : at, 1, merged);
    },
  };
}

function withOthers<T extends { name: string }>(wanted: T[] = [], present: T[] = []): T[] {
  return [...present.filter(({ name }) => !wanted.some((one) => one.name === name)), ...wanted];
}
