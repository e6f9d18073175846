import type { Clock } from '../../shared/ports/clock.ts';
import { type Account, newAccount } from './account.ts';
import type { Call } from './call.ts';
import { CallRates } from './call-rates.ts';
import { isControlCall, settle } from './control-plane.ts';
import { readJson } from './json-body.ts';
import { isOfNoTable } from './no-table.ts';
import { answerWhileDeleting } from './presented-tables.ts';
import { refusals } from './refusals.ts';
import { errorReply, errorTypeOf, jsonReply, type Reply } from './reply.ts';
import { refusalOf } from './rules.ts';

/** Sends the call on to the emulator. */
type Forward = () => Promise<Reply>;

/** DynamoDB with its life cycle: what the emulator does, refused or presented as the real service would. */
export class Service {
  readonly #account: Account;
  readonly #rates: CallRates;
  #lastControlCall: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, timeScale: number) {
    this.#account = newAccount(clock, timeScale);
    this.#rates = new CallRates(clock);
  }

  /** Answers a call. Those that begin a change or tell of one take turns, so that none sees another half done. */
  async answer(call: Call, forward: Forward): Promise<Reply> {
    if (!this.#rates.admits(call.operation)) return errorReply(refusals.throttled(call.operation));
    if (!isControlCall(call)) return this.#play(call, forward);
    const turn = this.#lastControlCall.then(() => this.#play(call, forward));
    this.#lastControlCall = Promise.allSettled([turn]);
    return turn;
  }

  async #play(call: Call, forward: Forward): Promise<Reply> {
    const refusal = refusalOf(call, this.#account);
    if (refusal) return errorReply(refusal);
    const reply = await forward();
    if (isOfNoTable(call, reply)) return errorReply(refusals.resourceNotFound(call.tables.join()));
    if (errorTypeOf(reply) === 'ResourceNotFoundException') {
      const answer = answerWhileDeleting(call, this.#account);
      return answer === undefined ? reply : jsonReply(200, answer);
    }
    if (reply.status !== 200 || !isControlCall(call)) return reply;
    return jsonReply(200, settle(call, this.#account, readJson(reply.body)));
  }
}
