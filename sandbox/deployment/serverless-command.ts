import { createRequire } from 'node:module';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { account, noAwsFiles } from '../account.ts';
import { projectSandboxFolder } from '../processes/context.ts';
import type { SandboxRun } from '../processes/run.ts';
import { runCommand } from '../processes/run-command.ts';

const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/** The last lines of the framework's output that an error repeats: what it says itself comes before its stack. */
const linesTold = 40;

/**
 * Runs the Serverless Framework in a folder, with nothing of this process's AWS configuration. What it writes beside that
 * folder goes with the run.
 *
 * @param endpoint the AWS to talk to; without one the command must not need any
 * @throws TandemError SANDBOX_DEPLOYMENT_FAILED with the end of the framework's output
 */
export async function runServerless(
  run: SandboxRun,
  folder: string,
  parameters: string[],
  endpoint?: string,
): Promise<void> {
  const lines: string[] = [];
  const temporary = await run.makeFolder('serverless');
  const args = [serverless, ...parameters, '--stage', 'sandbox', '--region', account.region];
  try {
    const command = { command: process.execPath, args, environment: environment(temporary, endpoint), folder };
    await runCommand(run, command, (line) => {
      lines.push(line);
    });
  } catch (cause) {
    const told = lines.slice(-linesTold).join('\n');
    throw new TandemError('SANDBOX_DEPLOYMENT_FAILED', `serverless ${parameters[0]} failed.\n${told}\n`, { cause });
  }
}

/** A port that nothing listens on: what should work offline fails there if it does not. */
const nowhere = 'http://127.0.0.1:9';

function environment(temporary: string, endpoint = nowhere): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    // Its plugin leaves a folder there for each function.
    TMPDIR: temporary,
    // Where the framework keeps what makes it start faster the next time.
    HOME: projectSandboxFolder,
    CI: 'true',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account.root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.root.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...noAwsFiles,
    // Milliseconds between two looks at a stack, which is made in seconds here.
    SLS_AWS_MONITORING_FREQUENCY: '200',
  };
}
