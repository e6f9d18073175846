import type { WebinyOutputs } from '../contracts/webiny-state.ts';
import { type WebinySearch, webinySearch } from './webiny-search.ts';
import { coreOutputs, readWebinyState, unusable } from './webiny-state.ts';

/** What a Webiny application keeps, and where, as the state of its deployment tells. */
export interface WebinyApplication {
  account: { id: string; partition: string; region: string };
  tables: string[];
  search: WebinySearch | undefined;
  /** What neither tables nor indices hold. */
  fileManagerBucket: string | undefined;
  userPool: string | undefined;
}

/**
 * Reads the state of the core application of Webiny 5.x or 6.x.
 *
 * @param file what the state is called in errors
 * @throws TandemError WEBINY_STATE_UNUSABLE where it is no such state, or one of a deployment that did not end
 */
export function readWebinyApplication(content: string, file: string): WebinyApplication {
  const resources = readWebinyState(content, file);
  const outputs = coreOutputs(resources, file);
  return {
    account: accountOf(outputs, file),
    tables: tablesOf(outputs),
    search: webinySearch(outputs, resources, file),
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
  if (partition !== undefined && place !== undefined && id !== undefined) {
    return { id, partition, region: region ?? place };
  }
  throw unusable(file, `primaryDynamodbTableArn is not the ARN of a table: ${arn}`);
}

function tablesOf(outputs: WebinyOutputs): string[] {
  const { primaryDynamodbTableName, logDynamodbTableName, auditLogsDynamodbTableName } = outputs;
  const search = outputs.opensearchDynamodbTableName ?? outputs.elasticsearchDynamodbTableName;
  const names = [primaryDynamodbTableName, search, logDynamodbTableName, auditLogsDynamodbTableName];
  return [...new Set(names.flatMap((name) => name ?? []))];
}
