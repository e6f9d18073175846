import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { awsClientOptions } from '../shared/adapters/aws-client-options.ts';
import { openSearchServiceDomains } from '../shared/adapters/opensearch-service-domains.ts';
import { stepFunctionsExecutions } from '../shared/adapters/step-functions-executions.ts';
import { stsAccount } from '../shared/adapters/sts-account.ts';
import { systemClock } from '../shared/adapters/system-clock.ts';
import { composeCatalog } from '../shared/lambda/catalog.ts';
import { composeTables } from '../shared/lambda/dynamodb.ts';
import type { Account } from '../shared/ports/account.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Domains } from '../shared/ports/domains.ts';
import type { Executions } from '../shared/ports/executions.ts';
import type { OpenCatalog } from '../shared/ports/object-store.ts';
import type { Tables } from '../shared/ports/tables.ts';
import type { DiagnosisPorts } from '../shared/steps/diagnosis/ports.ts';
import type { WriterPorts } from '../shared/steps/restore/live-writers.ts';
import { deployedWorkflows } from './deployed/open-deployed-workflow.ts';
import type { Signals } from './interruption.ts';
import { openLocalWorkflow } from './local/open-local-workflow.ts';
import { realAccount, type SetUpAccount } from './setup/account.ts';
import type { OpenWorkflow } from './workflow.ts';

/** Where text goes to; a terminal, a file or a pipe. */
export type TextStream = Writable & { isTTY?: boolean | undefined; columns?: number | undefined };

/** Everything that the command line needs from outside of it. */
export interface Surroundings {
  stdin: Readable & { isTTY?: boolean | undefined };
  /** For the answer alone. */
  stdout: TextStream;
  stderr: TextStream;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** Of this machine, such as Europe/Amsterdam. */
  timeZone: string;
  /** The folder that Tandem is in, and is deployed from. */
  projectFolder: string;
  /** Keeps two runs of the same second apart. */
  randomSuffix(): string;
  signals: Signals;
  account: Account;
  tables: Tables;
  domains: Domains;
  openCatalog: OpenCatalog;
  openDeployed: OpenWorkflow;
  openLocal: OpenWorkflow;
  /** What a set-up asks of the account. */
  setUpAccount: SetUpAccount;
  /** All that it takes to put writers back from here. */
  openWriters(): Promise<WriterPorts>;
  /** All that the doctor looks at. */
  openDiagnosis(): Promise<DiagnosisPorts & { executions: Executions }>;
}

/**
 * The AWS command line takes AWS_DEFAULT_REGION and AWS_DEFAULT_PROFILE as well, and the SDK does not: it would go by the
 * default profile. Keys in the environment count before that profile, as they do there; the SDK would go by the profile
 * alone. What is set to nothing counts as not set.
 */
function takeDefaults(env: NodeJS.ProcessEnv): void {
  const hasKeys = Boolean(env.AWS_ACCESS_KEY_ID);
  const taken = {
    AWS_REGION: env.AWS_REGION || env.AWS_DEFAULT_REGION,
    AWS_PROFILE: env.AWS_PROFILE || (hasKeys ? undefined : env.AWS_DEFAULT_PROFILE),
  };
  for (const [name, value] of Object.entries(taken)) {
    if (value) env[name] = value;
    else delete env[name];
  }
}

/** The process that we are in, and the AWS that its environment names. */
export function realSurroundings(): Surroundings {
  const { stdin, stdout, stderr, env } = process;
  takeDefaults(env);
  const account = stsAccount(new STSClient(awsClientOptions));
  const executions = stepFunctionsExecutions(new SFNClient(awsClientOptions));
  return {
    stdin,
    stdout,
    stderr,
    env,
    clock: systemClock,
    timeZone: timeZoneHere(),
    projectFolder: resolve(import.meta.dirname, '..'),
    randomSuffix: () => randomBytes(3).toString('hex'),
    signals: process,
    account,
    tables: composeTables(),
    domains: openSearchServiceDomains(new OpenSearchClient(awsClientOptions)),
    openCatalog: composeCatalog(),
    openDeployed: deployedWorkflows(executions, systemClock),
    openLocal: openLocalWorkflow,
    setUpAccount: realAccount(executions, account),
    async openWriters() {
      const { composeWriters } = await import('../shared/lambda/writers.ts');
      return composeWriters();
    },
    // Only the doctor needs the clients of all these services, which take their time to load.
    async openDiagnosis() {
      const { composeDiagnosis } = await import('../shared/lambda/diagnosis.ts');
      return composeDiagnosis();
    },
  };
}

/** Against its type, Node tells none where TZ names one that it does not know, and `Etc/Unknown` where TZ is empty. */
function timeZoneHere(): string {
  const { timeZone }: Partial<Intl.ResolvedDateTimeFormatOptions> = Intl.DateTimeFormat().resolvedOptions();
  return timeZone === undefined || timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}
