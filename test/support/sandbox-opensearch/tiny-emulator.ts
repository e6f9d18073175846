import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';

/** A function as the emulator runs it: with a key, a secret and a token made from its ARN and its role. */
export function functionCredentials(functionArn: string, role: string) {
  const digest = sha256(`${functionArn}:${role}`);
  return {
    accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    secretAccessKey: sha256(`secret:${digest}`),
    sessionToken: sha256(`token:${digest}`),
  };
}

interface Emulated {
  functions: { FunctionArn: string; Role: string }[];
  /** The ARN of the caller and the token of his session, by access key id. */
  callers: Record<string, { arn: string; token?: string }>;
  /** What is allowed: `<principal> <action> <resource>`. */
  allowed: Set<string>;
}

/** The emulator's Lambda, STS and IAM, as far as the front end asks them. It keeps what it was asked. */
export async function startTinyEmulator({ functions, callers, allowed }: Emulated) {
  const asked: string[] = [];

  const server = createServer(async (incoming, response) => {
    const form = new URLSearchParams(await text(incoming));
    const operation = form.get('Action') ?? 'ListFunctions';
    asked.push(operation);
    if (operation === 'ListFunctions') return response.end(JSON.stringify({ Functions: functions }));
    if (operation === 'SimulatePrincipalPolicy') return response.end(simulated(form));
    const key = /Credential=([^/]+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    const caller = callers[key];
    const known = caller !== undefined && caller.token === incoming.headers['x-amz-security-token'];
    response.statusCode = known ? 200 : 403;
    response.end(known ? result('GetCallerIdentity', element('Arn', caller.arn)) : unknownCaller);
  });

  function simulated(form: URLSearchParams): string {
    const names = ['PolicySourceArn', 'ActionNames.member.1', 'ResourceArns.member.1'];
    const decision = allowed.has(names.map((name) => form.get(name)).join(' ')) ? 'allowed' : 'implicitDeny';
    const member = element('member', element('EvalDecision', decision));
    return result('SimulatePrincipalPolicy', element('EvaluationResults', member));
  }

  return { asked, allowed, ...(await listenOnLoopback(server)) };
}

const message = 'The security token included in the request is invalid';
const unknownCaller = element(
  'ErrorResponse',
  element('Error', element('Code', 'InvalidClientTokenId') + element('Message', message)),
);

function result(operation: string, content: string): string {
  return element(`${operation}Response`, element(`${operation}Result`, content));
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
