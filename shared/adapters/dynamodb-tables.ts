import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutResourcePolicyCommand,
  paginateListTables,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { hasCode, TandemError } from '../errors/tandem-error.ts';
import type { TableDescription, Tables } from '../ports/tables.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';
import { dynamodbTableSettings, ownTags } from './dynamodb-table-settings.ts';
import { capacityRequest, encryptionRequest, tableClassSchema } from './table-changes.ts';
import { tableDescriptionSchema } from './table-description.ts';

const refusalsOfChanges = {
  ResourceNotFoundException: 'TABLE_NOT_FOUND',
  TableNotFoundException: 'TABLE_NOT_FOUND',
  ResourceInUseException: 'NOT_READY',
  LimitExceededException: 'NOT_READY',
  ContinuousBackupsUnavailableException: 'NOT_READY',
} as const;

/** The tables of an account and region of DynamoDB. */
export function dynamodbTables(client: DynamoDBClient): Tables {
  const settings = dynamodbTableSettings(client);

  async function list(): Promise<string[]> {
    return ask(client, 'ListTables', async () => {
      const names: string[] = [];
      for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
      return names;
    });
  }

  async function describe(name: string): Promise<TableDescription | undefined> {
    const what = `DescribeTable ${name}`;
    const command = new DescribeTableCommand({ TableName: name });
    const call = () => client.send(command).catch(undefinedOn('ResourceNotFoundException'));
    const answer = await ask(client, what, call);
    return answer && understand(tableDescriptionSchema, answer.Table, what);
  }

  async function existing(name: string): Promise<TableDescription> {
    const table = await describe(name);
    if (table === undefined) throw new TandemError('TABLE_NOT_FOUND', `There is no table ${name}.`);
    return table;
  }

  /** DynamoDB answers "not found" for a table that is still being made, too. */
  async function unlessCreating(name: string, change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      if (!hasCode(error, 'TABLE_NOT_FOUND') || (await describe(name)) === undefined) throw error;
      throw new TandemError('NOT_READY', error.message, { cause: error });
    }
  }

  async function update(name: string, input: Omit<UpdateTableCommandInput, 'TableName'>): Promise<void> {
    const call = () => client.send(new UpdateTableCommand({ TableName: name, ...input }));
    await unlessCreating(name, async () => void (await ask(client, `UpdateTable ${name}`, call, refusalsOfChanges)));
  }

  return {
    list,
    describe,
    tags: settings.tags,
    pointInTimeRecovery: settings.pointInTimeRecovery,
    restorableWindow: settings.restorableWindow,
    ownSettings: settings.all,

    async delete(name) {
      const command = new DeleteTableCommand({ TableName: name });
      const call = () => client.send(command).catch(undefinedOn('ResourceNotFoundException'));
      await ask(client, `DeleteTable ${name}`, call, refusalsOfChanges);
    },

    async setDeletionProtection(name, protect) {
      const table = await existing(name);
      if (table.deletionProtection !== protect) await update(name, { DeletionProtectionEnabled: protect });
    },

    async setStream(name, viewType) {
      const table = await existing(name);
      if (table.stream?.viewType === viewType) return;
      if (table.stream !== undefined) {
        const problem = `Table ${name} has a stream of ${table.stream.viewType}, which cannot be changed to ${viewType}.`;
        throw new TandemError('PROVIDER_FAILURE', problem);
      }
      await update(name, { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } });
    },

    setTimeToLive: (name, attribute) =>
      unlessCreating(name, async () => {
        if ((await settings.timeToLive(name))?.attribute === attribute) return;
        const TimeToLiveSpecification = { Enabled: true, AttributeName: attribute };
        const call = () => client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
        await ask(client, `UpdateTimeToLive ${name}`, call, refusalsOfChanges).catch(notReadyWithinTheHour);
      }),

    setPointInTimeRecovery: (name, days) =>
      unlessCreating(name, async () => {
        const now = await settings.pointInTimeRecovery(name);
        if (now !== undefined && (days === undefined || now.days === undefined || now.days === days)) return;
        const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days };
        const input = { TableName: name, PointInTimeRecoverySpecification };
        const call = () => client.send(new UpdateContinuousBackupsCommand(input));
        await ask(client, `UpdateContinuousBackups ${name}`, call, refusalsOfChanges);
      }),

    setTags: (arn, tags) =>
      unlessCreating(nameOf(arn), async () => {
        const own = Object.entries(ownTags(tags));
        if (own.length === 0) return;
        const Tags = own.map(([Key, Value]) => ({ Key, Value }));
        const call = () => client.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
        await ask(client, `TagResource ${arn}`, call, refusalsOfChanges);
      }),

    async setTableClass(name, tableClass) {
      const table = await existing(name);
      if (table.tableClass === tableClass) return;
      const TableClass = understand(tableClassSchema, tableClass, 'The class of a table');
      await update(name, { TableClass }).catch(refusedFor30Days);
    },

    async setEncryption(name, encryption) {
      const table = await existing(name);
      if (table.encryption?.keyArn === encryption.keyArn && table.encryption?.type === encryption.type) return;
      await update(name, { SSESpecification: encryptionRequest(encryption) });
    },

    setCapacity: (name, change) => update(name, capacityRequest(change)),

    setResourcePolicy: (arn, policy) =>
      unlessCreating(nameOf(arn), async () => {
        if ((await settings.resourcePolicy(arn)) === policy) return;
        const call = () => client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy }));
        await ask(client, `PutResourcePolicy ${arn}`, call, refusalsOfChanges);
      }),
  };
}

/** `arn:aws:dynamodb:<region>:<account>:table/<table>`, and for a stream `/stream/<label>` behind it. */
function nameOf(arn: string): string {
  return arn.split(':table/')[1]?.split('/')[0] ?? arn;
}

/** DynamoDB takes one change of TTL an hour, and says so with a mere ValidationException. */
function notReadyWithinTheHour(error: unknown): never {
  if (error instanceof TandemError && error.message.includes('modified multiple times within a fixed interval')) {
    throw new TandemError('NOT_READY', error.message, { cause: error });
  }
  throw error;
}

/**
 * DynamoDB changes the class of a table twice in 30 days. Which error tells so is documented nowhere; LimitExceeded means
 * too many operations at once otherwise, which passes.
 */
function refusedFor30Days(error: unknown): never {
  if (hasCode(error, 'NOT_READY') && /table class/i.test(error.message)) {
    throw new TandemError('PROVIDER_FAILURE', error.message, { cause: error });
  }
  throw error;
}
