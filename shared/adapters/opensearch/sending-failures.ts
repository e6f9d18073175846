import * as z from 'zod';
import type { Failure } from './failure.ts';

type Meaning = Omit<Failure, 'cause'>;

/** fetch says only "fetch failed"; what happened is in its cause. */
const fetchErrorSchema = z.object({
  name: z.string().catch(''),
  cause: z.object({ code: z.string().catch(''), message: z.string().catch('') }).catch({ code: '', message: '' }),
});

const timedOut = 'the connection timed out, as it does where a domain in a VPC is called from outside';

/** @param seconds how long the request was given */
export function failureOfSending(error: unknown, seconds: number): Failure {
  const { name, cause } = fetchErrorSchema.parse(error);
  if (name === 'TimeoutError') return { ...unanswered(`no answer within ${seconds} seconds`), cause: error };
  return { ...meaningOf(cause.code, cause.message || String(error)), cause: error };
}

function meaningOf(code: string, message: string): Meaning {
  switch (code) {
    case 'ECONNREFUSED':
      return { ...unreachable('the connection is refused'), passing: true };
    case 'EAI_AGAIN':
      return { ...unreachable('the name service does not answer'), passing: true };
    case 'ENOTFOUND':
      return unreachable('the name of the host cannot be resolved');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unreachable('there is no route to the host');
    case 'UND_ERR_CONNECT_TIMEOUT':
      return unreachable(timedOut);
    case 'ETIMEDOUT':
      // A connection that stood already ends like this as well.
      return { ...unreachable(timedOut), mayHaveHappened: true };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return { ...unanswered('the connection was cut'), passing: true };
  }
  if (message === 'bad port') return unreachable('no HTTP is spoken at that port, which another protocol has');
  if (isTls(code)) return unreachable(`TLS fails: ${message}`);
  if (code.startsWith('HPE_')) {
    return { code: 'SEARCH_NOT_A_CLUSTER', why: 'the answer is not HTTP', mayHaveHappened: false, passing: false };
  }
  return { code: 'PROVIDER_FAILURE', why: message, mayHaveHappened: true, passing: false };
}

/** The codes of OpenSSL and of Node's own checks of a certificate. */
function isTls(code: string): boolean {
  return code === 'EPROTO' || /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);
}

/** The server never saw the request. What is wrong from the start is told from what passes by firstContact. */
function unreachable(why: string): Meaning {
  return { code: 'NO_CONNECTION', why, mayHaveHappened: false, passing: false };
}

function unanswered(why: string): Meaning {
  return { code: 'NO_ANSWER', why, mayHaveHappened: true, passing: false };
}
