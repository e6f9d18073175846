import * as z from 'zod';
import { listen } from '../../../sandbox/dynamodb/listen.ts';
import { errorReply, jsonReply, type Reply } from '../../../sandbox/dynamodb/reply.ts';
import type { Request } from '../../../sandbox/dynamodb/upstream.ts';

const account = 'arn:aws:dynamodb:us-east-1:000000000000:table';

const input = z.looseObject({
  TableName: z.string().default(''),
  TargetTableName: z.string().default(''),
  BackupName: z.string().default(''),
  BackupArn: z.string().default(''),
  ResourceArn: z.string().default(''),
  Limit: z.number().default(100),
  ExclusiveStartTableName: z.string().default(''),
});
type Input = z.infer<typeof input>;

/** Signed with this key, every call is refused for want of a policy. */
export const keyWithoutPermission = 'AKIANOPERMISSION';

/**
 * A DynamoDB in memory that behaves as the emulator does: everything is done at once, and only what makes no sense is
 * refused.
 */
export function instantDynamoDb(now: () => Date): (request: Request) => Reply {
  const tables = new Map<string, Record<string, unknown>>();
  const backups = new Map<string, Record<string, unknown>>();

  const makeTable = (name: string): Reply => {
    tables.set(name, { TableName: name, TableArn: `${account}/${name}`, TableStatus: 'ACTIVE' });
    return jsonReply(200, { TableDescription: tables.get(name) });
  };
  const withTable = ({ TableName }: Input, answer: (table: Record<string, unknown>) => unknown): Reply => {
    const table = tables.get(TableName);
    if (table === undefined) return refuse('ResourceNotFoundException', `no table ${TableName}`);
    return jsonReply(200, answer(table));
  };
  const withBackup = ({ BackupArn }: Input, answer: (backup: Record<string, unknown>) => Reply): Reply => {
    const backup = backups.get(BackupArn);
    return backup === undefined ? refuse('BackupNotFoundException', `no backup ${BackupArn}`) : answer(backup);
  };

  const operations: Partial<Record<string, (input: Input) => Reply>> = {
    CreateTable: ({ TableName }) =>
      tables.has(TableName) ? refuse('ResourceInUseException', 'exists') : makeTable(TableName),
    DescribeTable: (call) => withTable(call, (table) => ({ Table: table })),
    UpdateTable: (call) => withTable(call, (table) => ({ TableDescription: table })),
    DeleteTable: (call) =>
      withTable(call, (table) => {
        tables.delete(call.TableName);
        return { TableDescription: table };
      }),
    ListTables: ({ Limit, ExclusiveStartTableName }) => {
      const left = [...tables.keys()].sort().filter((name) => name > ExclusiveStartTableName);
      const page = left.slice(0, Limit);
      return jsonReply(200, {
        TableNames: page,
        ...(page.length === Limit && { LastEvaluatedTableName: page.at(-1) }),
      });
    },
    PutItem: (call) => withTable(call, () => ({})),
    UpdateTimeToLive: (call) =>
      withTable(call, (table) => {
        table.timeToLive = call.TimeToLiveSpecification;
        return { TimeToLiveSpecification: call.TimeToLiveSpecification };
      }),
    DescribeTimeToLive: (call) =>
      withTable(call, ({ timeToLive }) => ({
        TimeToLiveDescription: { TimeToLiveStatus: timeToLive ? 'ENABLED' : 'DISABLED' },
      })),
    ListTagsOfResource: ({ ResourceArn }) =>
      tables.has(ResourceArn.split('/').at(-1) ?? '')
        ? jsonReply(200, { Tags: [] })
        : refuse('AccessDeniedException', 'Access denied. The user is not authorized to access this resource.'),
    UpdateContinuousBackups: (call) => withTable(call, () => ({})),
    CreateBackup: (call) =>
      withTable(call, () => {
        const BackupArn = `${account}/${call.TableName}/backup/${now().getTime()}-${backups.size}`;
        const backup = {
          BackupArn,
          BackupName: call.BackupName,
          BackupStatus: 'AVAILABLE',
          BackupType: call.BackupName.startsWith('system') ? 'SYSTEM' : 'USER',
          BackupCreationDateTime: now().getTime() / 1000,
        };
        backups.set(BackupArn, backup);
        return { BackupDetails: backup };
      }),
    DescribeBackup: (call) =>
      withBackup(call, (backup) => jsonReply(200, { BackupDescription: { BackupDetails: backup } })),
    ListBackups: () => jsonReply(200, { BackupSummaries: [...backups.values()] }),
    DeleteBackup: (call) =>
      withBackup(call, (backup) => {
        backups.delete(call.BackupArn);
        return jsonReply(200, { BackupDescription: { BackupDetails: backup } });
      }),
    RestoreTableToPointInTime: ({ TargetTableName }) => makeTable(TargetTableName),
    RestoreTableFromBackup: (call) =>
      withBackup(call, () =>
        tables.has(call.TargetTableName)
          ? refuse('TableAlreadyExistsException', 'exists')
          : makeTable(call.TargetTableName),
      ),
  };

  return ({ headers, body }) => {
    if (headers.authorization?.includes(keyWithoutPermission)) {
      return refuse('AccessDeniedException', 'no policy allows it');
    }
    const operation = operations[String(headers['x-amz-target']).split('.').at(-1) ?? ''];
    if (operation === undefined) return { status: 418, headers: { 'x-made-by': 'upstream' }, body };
    return operation(input.parse(JSON.parse(body.toString())));
  };
}

/** The same behind HTTP; it keeps the requests that reached it. */
export async function startInstantDynamoDb(now: () => Date) {
  const requests: Request[] = [];
  const answer = instantDynamoDb(now);
  const server = await listen(async (request) => {
    requests.push(request);
    return answer(request);
  });
  return { ...server, requests };
}

function refuse(type: string, message: string): Reply {
  return errorReply({ type, message });
}
