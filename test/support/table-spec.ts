import type {
  ContributorInsights,
  KinesisDestination,
  StreamViewType,
  TableShape,
} from '../../shared/contracts/table-settings.ts';

/** A table for a test to have, in a fake or in an emulator. */
export interface TableSpec {
  name: string;
  shape?: Partial<TableShape>;
  tags?: Record<string, string>;
  stream?: StreamViewType;
  /** The attribute that says when an item expires. */
  timeToLive?: string;
  pointInTimeRecovery?: { days: number };
  deletionProtection?: boolean;
  tableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  resourcePolicy?: string;
  contributorInsights?: ContributorInsights[];
  kinesisDestinations?: KinesisDestination[];
  globalTable?: boolean;
}

/** The shape of a table of which only its single key is known: a text named `pk`. */
export function shapeOf(spec: TableSpec): TableShape {
  return {
    keys: [{ attribute: 'pk', type: 'HASH' }],
    attributes: { pk: 'S' },
    globalIndexes: [],
    localIndexes: [],
    billingMode: 'PAY_PER_REQUEST',
    ...spec.shape,
  };
}
