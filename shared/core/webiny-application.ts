import { type WebinyOutputs, type WebinyResource, webinyTableSchema } from '../contracts/webiny-state.ts';
import { type WebinySearch, webinySearch } from './webiny-search.ts';
import { coreOutputs, madeOf, readWebinyState, unusable } from './webiny-state.ts';

/** What a Webiny application keeps, and where, as the state of its deployment tells. */
export interface WebinyApplication {
  account: { id: string; partition: string; region: string };
  tables: string[];
  /** Whether its API may have made tables as well: that of later 5.x makes one of audit logs, which no output names. */
  mayHaveTablesOfApi: boolean;
  search: WebinySearch | undefined;
  /** What neither tables nor indices hold. */
  fileManagerBucket: string | undefined;
  userPool: string | undefined;
}

/**
 * Reads the state of the core application of Webiny 5.x or 6.x.
 *
 * @param file what the state is called in errors
 * @param api the resources of the application that answers requests, where they are known
 * @throws TandemError WEBINY_STATE_UNUSABLE where it is no such state, or one of a deployment that did not end
 */
export function readWebinyApplication(content: string, file: string, api: WebinyResource[] = []): WebinyApplication {
  const core = readWebinyState(content, file);
  const outputs = coreOutputs(core, file);
  return {
    account: accountOf(outputs, file),
    tables: tablesOf(outputs, madeOf([...core, ...api])),
    mayHaveTablesOfApi: outputs.logDynamodbTableName !== undefined && outputs.auditLogsDynamodbTableName === undefined,
    search: webinySearch(outputs, { core, api }, file),
    fileManagerBucket: outputs.fileManagerBucketId,
    userPool: outputs.cognitoUserPoolId,
  };
}

function accountOf(
  { primaryDynamodbTableArn: arn, region }: WebinyOutputs,
  file: string,
): WebinyApplication['account'] {
  const { partition, place, id } =
    /^arn:(?<partition>aws[a-z-]*):dynamodb:(?<place>[a-z0-9-]+):(?<id>\d{12}):table\//.exec(arn)?.groups ?? {};
  if (partition === undefined || place === undefined || id === undefined) {
    throw unusable(file, `primaryDynamodbTableArn is not the ARN of a table: ${arn}`);
  }
  if (region === undefined || region === place) return { id, partition, region: place };
  throw unusable(file, `its region is ${region}, but that of its table, by primaryDynamodbTableArn, is ${place}`);
}

/**
 * The tables that the outputs name, and whatever else was made: that of audit logs of later 5.x
 * (packages/pulumi-aws/src/apps/api/AuditLogsDynamo.ts of webiny-js), and those that a project adds.
 */
function tablesOf(outputs: WebinyOutputs, resources: WebinyResource[]): string[] {
  const { primaryDynamodbTableName, logDynamodbTableName, auditLogsDynamodbTableName } = outputs;
  const search = outputs.opensearchDynamodbTableName ?? outputs.elasticsearchDynamodbTableName;
  const names = [primaryDynamodbTableName, search, logDynamodbTableName, auditLogsDynamodbTableName];
  const made = resources.flatMap((resource) => webinyTableSchema.safeParse(resource).data?.outputs.name ?? []);
  return [...new Set([...names.flatMap((name) => name ?? []), ...made])];
}
