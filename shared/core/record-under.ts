import type { TableFacts } from '../contracts/manifest.ts';
import type { ScalingTarget } from '../contracts/table-settings.ts';

/**
 * A table as it was recorded, under another name: what of its settings names the table names the other one. Its triggers
 * stay with the table that has its name.
 */
export function recordUnder(record: TableFacts, name: string): TableFacts {
  if (name === record.name) return record;
  const { settings } = record;
  const arn = record.arn.replace(/table\/.*$/, `table/${name}`);
  const policy = settings.resourcePolicy
    ?.replaceAll(`${record.arn}"`, `${arn}"`)
    .replaceAll(`${record.arn}/`, `${arn}/`);
  return {
    ...record,
    name,
    arn,
    settings: {
      ...settings,
      ...(policy !== undefined && { resourcePolicy: policy }),
      scaling: settings.scaling.map((target) => scalingUnder(target, name)),
      eventSourceMappings: [],
    },
  };
}

/** `table/<name>`, or `table/<name>/index/<index>` */
function scalingUnder(target: ScalingTarget, name: string): ScalingTarget {
  const [kind, _, ...index] = target.resourceId.split('/');
  return { ...target, resourceId: [kind, name, ...index].join('/') };
}
