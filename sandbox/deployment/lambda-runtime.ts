import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';

/*
 * Runs a function's handler as Lambda's own Node runtime does, over the Lambda Runtime API. The sandbox needs it because
 * the emulator, with the runtimes for Node, loses the name of a thrown error, which Step Functions matches on; with a
 * runtime of one's own the name arrives.
 */

/** What a handler is told about its invocation. */
export interface InvocationContext {
  awsRequestId: string;
  functionName: string;
  invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;

/** Stays connected: the next invocation may be hours away, and every request goes to the same address. */
const agent = new Agent({ keepAlive: true });

/**
 * Serves invocations until the Runtime API goes away.
 *
 * @param api host and port of the Runtime API, as AWS_LAMBDA_RUNTIME_API gives them
 * @throws Error where the Runtime API does not answer or refuses
 */
export async function serve(api: string, functionName: string, handler: Handler): Promise<never> {
  for (;;) {
    const { headers, body } = await call(api, 'GET', 'next');
    const context = contextOf(headers, functionName);
    const [outcome, answer] = await run(handler, body, context);
    await call(api, 'POST', `${context.awsRequestId}/${outcome}`, answer);
  }
}

/** The handler that the function's setting names: `functions/backup/plan-backup.handler` in the function's package. */
export function loadHandler(root: string, setting: string): Handler {
  const dot = setting.lastIndexOf('.');
  return createRequire(`${root}/`)(resolve(root, `${setting.slice(0, dot)}.js`))[setting.slice(dot + 1)];
}

async function run(
  handler: Handler,
  event: unknown,
  context: InvocationContext,
): Promise<['response' | 'error', unknown]> {
  try {
    return ['response', (await handler(event, context)) ?? null];
  } catch (error) {
    return ['error', describe(error)];
  }
}

/** The shape in which Lambda's own Node runtime tells an error. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function contextOf(headers: IncomingHttpHeaders, functionName: string): InvocationContext {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: String(headers['lambda-runtime-aws-request-id']),
    functionName,
    invokedFunctionArn: String(headers['lambda-runtime-invoked-function-arn']),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function call(
  api: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ headers: IncomingHttpHeaders; body: unknown }> {
  const url = `http://${api}/2018-06-01/runtime/invocation/${path}`;
  const { promise, resolve, reject } = Promise.withResolvers<{ headers: IncomingHttpHeaders; body: unknown }>();
  // Not fetch, which gives up on an answer that takes longer than five minutes, as the next invocation may.
  const sent = request(url, { method, agent }, (response) => {
    if (response.statusCode === 202) resolve({ headers: response.headers, body: response.resume() });
    else if (response.statusCode === 200)
      json(response).then((read) => resolve({ headers: response.headers, body: read }), reject);
    else reject(new Error(`The Lambda Runtime API answers ${response.statusCode} to ${method} ${path}.`));
  });
  sent.on('error', reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}
