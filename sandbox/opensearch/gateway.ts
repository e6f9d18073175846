import type { Clock } from '../../shared/ports/clock.ts';
import type { Answer } from './answer.ts';
import { patienceForCompletion, waitsForCompletion } from './completion.ts';
import { type Fault, Faults } from './faults.ts';
import { gatewayTimeout } from './refusals.ts';
import { readRegistration, registeredRepository } from './repository.ts';
import type { DomainRequest } from './request.ts';
import { SearchServer } from './search-server.ts';
import { presentedRepositories, type SnapshotStore, storedRegistration } from './snapshot-store.ts';

/** What lies behind the front end. */
export interface Behind {
  /** The plain search server, such as http://127.0.0.1:9201. */
  server: string;
  store: SnapshotStore;
  clock: Clock;
  /** Milliseconds that a client waits at most, 60,000 on AWS; the server goes on after that. */
  patience: number;
}

/** What a client gets, and where the connection is cut on the way. */
export interface Delivery {
  answer: Answer;
  cut?: Fault['cut'];
}

/** Passes on what the rules let through. */
export class Gateway {
  readonly faults = new Faults();
  readonly #behind: Behind;
  readonly #server: SearchServer;
  readonly #ending = new AbortController();

  constructor(behind: Behind) {
    this.#behind = behind;
    this.#server = new SearchServer(behind.server);
  }

  /** The answer to a request, or the load balancer's 504 where it takes too long, as waiting for completion always does. */
  async deliver(request: DomainRequest): Promise<Delivery> {
    const fault = this.faults.take(request);
    const answering = this.#answer(request, fault);
    const answer = await (waitsForCompletion(request) ? this.#tooLate(answering) : this.#inTime(answering));
    return { answer, cut: fault?.cut };
  }

  /** Ends everything that is under way. */
  close(): void {
    this.#ending.abort();
    this.#server.close();
  }

  async #answer(request: DomainRequest, fault: Fault | undefined): Promise<Answer> {
    if (fault?.delay !== undefined) await this.#behind.clock.sleep(fault.delay, this.#ending.signal);
    const answer = fault?.lost
      ? gatewayTimeout()
      : presented(request, await this.#server.answer(this.#stored(request)));
    return fault?.answer ?? answer;
  }

  /** What the server refuses it refuses at once. */
  #tooLate(answer: Promise<Answer>): Promise<Answer> {
    const never = new Promise<Answer>(() => {});
    const refused = answer.then((one) => (one.status < 400 ? never : one));
    return this.#inTime(refused, patienceForCompletion);
  }

  async #inTime(answer: Promise<Answer>, patience = this.#behind.patience): Promise<Answer> {
    const answered = new AbortController();
    const { clock } = this.#behind;
    const late = clock.sleep(patience, AbortSignal.any([answered.signal, this.#ending.signal])).then(gatewayTimeout);
    try {
      return await Promise.race([answer, late]);
    } finally {
      answered.abort();
    }
  }

  /** A repository is registered with the sandbox's own store in place of the bucket in AWS. */
  #stored(request: DomainRequest): DomainRequest {
    const registration = registeredRepository(request) && readRegistration(request);
    if (!registration) return request;
    return { ...request, body: Buffer.from(JSON.stringify(storedRegistration(registration, this.#behind.store))) };
  }
}

function presented({ method, segments }: DomainRequest, answer: Answer): Answer {
  const lists = method === 'GET' && segments[0] === '_snapshot' && segments.length <= 2 && answer.status === 200;
  return lists ? presentedRepositories(answer) : answer;
}
