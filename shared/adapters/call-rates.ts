import type { Clock } from '../ports/clock.ts';
import { pace } from './pace.ts';

/** How many calls a second an operation of a service gets at most, by its name. */
export type CallRates = Readonly<Record<string, number>>;

/** As much of an SDK client as it takes to let each request wait before it is sent. */
interface Sender {
  readonly middlewareStack: {
    addRelativeTo(middleware: Middleware, options: MiddlewarePlace): void;
  };
}

type Middleware = <Request, Answer>(
  next: (request: Request) => Promise<Answer>,
  context: { commandName?: string },
) => (request: Request) => Promise<Answer>;

interface MiddlewarePlace {
  name: string;
  relation: 'before';
  toMiddleware: string;
}

/**
 * Makes what keeps clients to call rates: each request of an operation waits its turn, one that the SDK sends again and
 * the pages of a listing too. All clients that one result is applied to share its turns.
 */
export function callRates(clock: Clock, rates: CallRates): <Client extends Sender>(client: Client) => Client {
  const paces = new Map(Object.entries(rates).map(([operation, perSecond]) => [operation, pace(clock, perSecond)]));
  const middleware: Middleware = (next, { commandName = '' }) => {
    const turn = paces.get(commandName.replace(/Command$/, ''));
    return async (request) => {
      await turn?.();
      return next(request);
    };
  };
  return (client) => {
    // Before each attempt is signed: a signature gets old.
    const place: MiddlewarePlace = { name: 'callRates', relation: 'before', toMiddleware: 'httpSigningMiddleware' };
    client.middlewareStack.addRelativeTo(middleware, place);
    return client;
  };
}
