import type { Clock } from '../../shared/ports/clock.ts';
import { CallLog } from '../call-log.ts';
import { listen } from '../dynamodb/listen.ts';
import { jsonReply } from '../dynamodb/reply.ts';
import { Upstream } from '../dynamodb/upstream.ts';
import { readSignature } from '../opensearch/signature.ts';
import { actionOf } from './action-of.ts';

/** A signed call as it was answered. It holds no body and no secret: an access key id is none. */
export interface LoggedCall {
  /** When it was answered, ISO 8601. */
  at: string;
  /** What IAM calls it: s3:GetObject and so on. */
  action: string;
  /** The access key id that it was signed with. */
  caller: string;
  status: number;
}

export interface Recorder {
  /** For AWS_ENDPOINT_URL. */
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts a door to the emulator, on 127.0.0.1 and a free port, that passes every call on as it is and notes what IAM calls
 * it and who made it: so that a test can compare what was called with what a role allows. `GET /_sandbox/calls` tells the
 * calls made, oldest first.
 *
 * @param upstream the emulator's address
 */
export async function startRecorder(upstream: string, clock: Clock): Promise<Recorder> {
  const emulator = new Upstream(upstream);
  const log = new CallLog<LoggedCall>();
  const server = await listen(async (request) => {
    if (request.path === '/_sandbox/calls') return jsonReply(200, log.calls);
    const reply = await emulator.send(request);
    const signature = readSignature({ headers: { authorization: request.headers.authorization ?? '' } });
    if (signature !== undefined) {
      const action = actionOf(signature.service, request);
      log.record({ at: clock.now().toISOString(), action, caller: signature.accessKeyId, status: reply.status });
    }
    return reply;
  });
  const stop = async () => {
    emulator.close();
    await server.stop();
  };
  return { endpoint: server.endpoint, stop };
}
