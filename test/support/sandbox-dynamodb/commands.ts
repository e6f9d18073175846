import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

/** The calls that the tests of the sandbox's DynamoDB make most, with the input that does not matter filled in. */
export function commandsOf(client: DynamoDBClient) {
  return {
    createTable: (TableName: string) =>
      client.send(
        new CreateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      ),
    describeTable: async (TableName: string) => (await client.send(new DescribeTableCommand({ TableName }))).Table,
    updateTable: (TableName: string) =>
      client.send(new UpdateTableCommand({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' })),
    deleteTable: (TableName: string) => client.send(new DeleteTableCommand({ TableName })),
    putItem: (TableName: string) => client.send(new PutItemCommand({ TableName, Item: { id: { S: '1' } } })),
    setTimeToLive: (TableName: string) =>
      client.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        }),
      ),
    backUp: async (TableName: string, BackupName = 'nightly') => {
      const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName }));
      return BackupDetails?.BackupArn ?? '';
    },
    restore: (BackupArn: string, TargetTableName: string) =>
      client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName })),
  };
}
