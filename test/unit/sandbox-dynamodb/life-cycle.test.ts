import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { readCall } from '../../../sandbox/dynamodb/call.ts';
import { readJson } from '../../../sandbox/dynamodb/json-body.ts';
import { Service } from '../../../sandbox/dynamodb/service.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { instantDynamoDb } from '../../support/sandbox-dynamodb/instant-dynamodb.ts';

/** What DescribeTable may say next, after what it said before: one call, or some time, apart. */
const mayFollow = {
  absent: ['absent', 'CREATING'],
  CREATING: ['CREATING', 'ACTIVE'],
  ACTIVE: ['ACTIVE', 'UPDATING', 'DELETING'],
  UPDATING: ['UPDATING', 'ACTIVE'],
  DELETING: ['DELETING', 'absent'],
} as const;

const status = z.enum(['CREATING', 'ACTIVE', 'UPDATING', 'DELETING']);
const described = z.object({ Table: z.looseObject({ TableStatus: status, RestoreSummary: z.unknown().optional() }) });
const started = z.object({ BackupDetails: z.looseObject({ BackupArn: z.string() }) });

const secondsOfABackup = 30;
const move = fc.oneof(
  fc.constantFrom('CreateTable', 'UpdateTable', 'DeleteTable', 'CreateBackup', 'RestoreTableFromBackup'),
  fc.integer({ min: 1, max: 60 }),
);

/** One table, `orders`, whose latest backup is the one that is restored. */
function playOneTable() {
  const clock = new FakeClock();
  const emulator = instantDynamoDb(() => clock.now());
  const service = new Service(clock, 1);
  let backup = 'none';

  const send = async (operation: string, input: Record<string, unknown>) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const request = { method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) };
    const call = readCall(headers, request.body);
    if (call === undefined) throw new Error(`${operation} was not read as a call`);
    const reply = await service.answer(call, async () => emulator(request));
    return { accepted: reply.status === 200, answer: readJson(reply.body) };
  };
  const make = async (operation: string) => {
    const names = { TableName: 'orders', TargetTableName: 'orders', BackupName: 'nightly', BackupArn: backup };
    const { TargetTableName, BackupArn, ...others } = names;
    const { accepted, answer } = await send(
      operation,
      operation === 'RestoreTableFromBackup' ? { TargetTableName, BackupArn } : others,
    );
    if (accepted && operation === 'CreateBackup') backup = started.parse(answer).BackupDetails.BackupArn;
    return accepted;
  };
  const look = async () => {
    const { accepted, answer } = await send('DescribeTable', { TableName: 'orders' });
    if (!accepted) return { status: 'absent', restoring: false } as const;
    const { TableStatus, RestoreSummary } = described.parse(answer).Table;
    return { status: TableStatus, restoring: RestoreSummary !== undefined };
  };
  return { clock, make, look };
}

test('whatever is called and however long is waited, a table goes through its life in the order of the service', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
      const { clock, make, look } = playOneTable();
      let before = await look();
      let backedUpAt = Number.NEGATIVE_INFINITY;
      for (const next of moves) {
        if (typeof next === 'number') clock.advance(next * 1000);
        else if (await make(next)) {
          const now = clock.now().getTime() / 1000;
          if (next === 'CreateBackup') backedUpAt = now;
          if (next === 'DeleteTable') expect(now - backedUpAt).toBeGreaterThanOrEqual(secondsOfABackup);
        }
        const after = await look();
        expect(mayFollow[before.status]).toContain(after.status);
        if (after.restoring) expect(after.status).toBe('CREATING');
        before = after;
      }
    }),
    { numRuns: 300 },
  );
});
