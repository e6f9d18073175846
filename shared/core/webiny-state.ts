import type { SearchPlan } from '../contracts/plan-file.ts';
import {
  type WebinyOutputs,
  webinyFunctionSchema,
  webinyOutputsSchema,
  webinyStateSchema,
} from '../contracts/webiny-state.ts';
import { TandemError } from '../errors/tandem-error.ts';

/** What a Webiny application keeps, and where, as the state of its deployment tells. */
export interface WebinyApplication {
  account: { id: string; partition: string; region: string };
  tables: string[];
  search: WebinySearch | undefined;
  /** What neither tables nor indices hold. */
  fileManagerBucket: string | undefined;
  userPool: string | undefined;
}

export interface WebinySearch {
  endpoint: string;
  /** The name of the domain. */
  domain: string;
  /** Undefined where the domain is in none, or the state does not tell. */
  vpc: SearchPlan['vpc'];
  /** What the names of the application's indices begin with, where the domain is shared. */
  indexPrefix: string | undefined;
}

/**
 * Reads the state that Pulumi keeps of the core application of Webiny 5.x or 6.x.
 *
 * @param file what the state is called in errors
 * @throws TandemError WEBINY_STATE_UNUSABLE where it is no such state, or one of a deployment that did not end
 */
export function readWebinyState(content: string, file: string): WebinyApplication {
  const resources = resourcesOf(content, file);
  const stack = resources.find(({ type }) => type === 'pulumi:pulumi:Stack');
  if (stack === undefined) {
    const found = [...new Set(resources.map(({ type }) => type))].join(', ') || 'no resource at all';
    throw unusable(file, `it holds no Stack resource, but ${found}`);
  }
  const outputs = outputsOf(stack.outputs ?? {}, file);
  const prefixes = resources.flatMap((resource) => webinyFunctionSchema.safeParse(resource.outputs).data ?? []);
  return {
    account: accountOf(outputs, file),
    tables: tablesOf(outputs),
    search: searchOf(outputs, prefixes[0]?.environment.variables.ELASTIC_SEARCH_INDEX_PREFIX, file),
    fileManagerBucket: outputs.fileManagerBucketId ?? undefined,
    userPool: outputs.cognitoUserPoolId ?? undefined,
  };
}

function resourcesOf(content: string, file: string) {
  const parsed = webinyStateSchema.safeParse(json(content, file));
  if (!parsed.success) throw unusable(file, 'it is JSON, but not a state of Pulumi (checkpoint.latest.resources)');
  const { resources, pending_operations: pending } = parsed.data.checkpoint.latest ?? {};
  if ((pending ?? []).length > 0) {
    throw unusable(file, `its deployment was cut off, with pending operations: ${pending?.length}`, {
      remedy: 'Have the deployment of Webiny end (`yarn webiny deploy core --env ...`), then try again.',
    });
  }
  return resources ?? [];
}

function json(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const what = content.trim() === '' ? 'it is empty' : 'it is not whole JSON, as if it was being written or cut off';
    throw unusable(file, what, { cause });
  }
}

function outputsOf(outputs: Record<string, unknown>, file: string): WebinyOutputs {
  const parsed = webinyOutputsSchema.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ');
  const found = Object.keys(outputs).join(', ') || 'none: its deployment never ended';
  throw unusable(
    file,
    `the outputs of its stack are not those of Webiny's core application: ${wrong}. Outputs: ${found}`,
  );
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

/** The domain, unless the application has tables alone; 5.x does not say which of both it is, but by what it has. */
function searchOf(outputs: WebinyOutputs, indexPrefix: string | undefined, file: string): WebinySearch | undefined {
  if (outputs.databaseSetup === 'ddb') return undefined;
  const table = outputs.opensearchDynamodbTableName ?? outputs.elasticsearchDynamodbTableName;
  const host = outputs.opensearchDomainEndpoint ?? outputs.elasticsearchDomainEndpoint;
  const arn = outputs.opensearchDomainArn ?? outputs.elasticsearchDomainArn;
  const expected = outputs.databaseSetup === 'ddb+os' || table != null || arn != null;
  if (!expected && host == null) return undefined;
  if (host == null || table == null) {
    const lacking = host == null ? 'the endpoint of its domain' : 'the name of its search table';
    throw unusable(file, `it has a search domain, but its outputs lack ${lacking}`);
  }
  const endpoint = host.includes('://') ? host : `https://${host}`;
  if (!URL.canParse(endpoint)) throw unusable(file, `the endpoint of its domain is no address: ${host}`);
  const { vpcPrivateSubnetIds: subnets, vpcSecurityGroupIds: securityGroups } = outputs;
  return {
    endpoint,
    domain: outputs.opensearchDomainName ?? arn?.split('/')[1] ?? host,
    vpc: subnets?.length && securityGroups?.length ? { subnets, securityGroups } : undefined,
    indexPrefix,
  };
}

function unusable(file: string, what: string, options: { cause?: unknown; remedy?: string } = {}): TandemError {
  return new TandemError('WEBINY_STATE_UNUSABLE', `${file} cannot be used: ${what}.`, options);
}
