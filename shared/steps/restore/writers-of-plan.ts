import type { Plan } from '../../contracts/plan-file.ts';
import type { WritersOfPlan } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import { asRemembered, type PausedFunction } from '../../core/writers.ts';
import type { Tables } from '../../ports/tables.ts';
import { tablesOfPlan } from '../tables-of-plan.ts';
import { gather, ifReadable, type Verdict } from './guards/verdict.ts';
import { mappingsOn, reservedFor, type WriterPorts } from './live-writers.ts';
import type { LeftPaused } from './paused-writers.ts';

export interface LookAtWritersPorts extends Pick<WriterPorts, 'streamConsumers' | 'reservedConcurrency'> {
  tables: Pick<Tables, 'describe' | 'tags'>;
}

/** What writes to a plan's tables and indices, and why it could not be paused. */
export interface SeenWriters extends Verdict {
  writers: WritersOfPlan;
}

/**
 * Looks at all that writes to the tables and indices of a plan: not only of what is restored, because a function may write
 * to an index from the stream of any table. Finds WRITER_NOT_FOUND, and what forbids to look at a function of the plan.
 *
 * @param tableNames all tables of the account
 * @param left writers that an earlier restore has paused: they are what they were before that
 */
export async function lookAtWriters(
  plan: Plan,
  source: RestoreSource,
  tableNames: string[],
  left: LeftPaused | undefined,
  ports: LookAtWritersPorts,
): Promise<SeenWriters> {
  const recorded = source.tables.map(({ name }) => name);
  const tables = await tablesOfPlan(plan, recorded, tableNames, ports);
  const { functions, problems } = await lookAtFunctions(plan, ports);
  const seen = await ifReadable(() => mappingsOn(tables, ports));
  const found = { mappings: 'seen' in seen ? seen.seen : [], functions };
  const before = left === undefined ? found : asRemembered(found, left.writers);
  // In an order of its own: the hash of a plan must not depend on that in which a service lists them.
  const mappings = before.mappings.map(({ streamArn: _, ...mapping }) => mapping).sort(byKey);
  return {
    writers: { tables, mappings, functions: before.functions },
    problems,
    remarks: 'seen' in seen ? [] : [`what writes from the streams of tables could not be seen: ${seen.unseen.message}`],
  };
}

type Mapping = WritersOfPlan['mappings'][number];

function byKey(one: Mapping, other: Mapping): number {
  const keyOf = ({ table, functionArn, uuid }: Mapping) => `${table} ${functionArn} ${uuid}`;
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

async function lookAtFunctions({ writers }: Plan, ports: LookAtWritersPorts) {
  const functions: PausedFunction[] = [];
  const { problems } = await gather(
    writers.functions.map((name) => async () => {
      functions.push(...(await reservedFor([name], ports)));
      return { problems: [], remarks: [] };
    }),
  );
  return { functions: functions.sort((one, other) => (one.name < other.name ? -1 : 1)), problems };
}
