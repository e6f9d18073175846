import type { Clock } from '../../shared/ports/clock.ts';
import { CallLog } from '../call-log.ts';
import { type Call, readCall } from './call.ts';
import { scaledDurations } from './durations.ts';
import { listen } from './listen.ts';
import type { LoggedCall } from './logged-call.ts';
import { type Permissions, permit, signedByRoot } from './permissions.ts';
import { type Ask, PointInTime } from './point-in-time.ts';
import { errorReply, errorTypeOf, jsonReply, type Reply } from './reply.ts';
import { Service } from './service.ts';
import { type Request, Upstream } from './upstream.ts';

export interface DynamoDbLayer {
  /** For AWS_ENDPOINT_URL_DYNAMODB. */
  endpoint: string;
  log: CallLog<LoggedCall>;
  /** Closes it at once, with the connections that clients keep open and the calls under way. */
  stop(): Promise<void>;
}

/**
 * Starts the sandbox's DynamoDB, on 127.0.0.1 and a free port: an emulator, with the life cycle of the real service
 * played in front of it. The emulator does every call at once; the layer presents it as slow, and refuses meanwhile
 * what the real service would refuse. Policies are the emulator's to enforce, but for calls whose object it cannot tell
 * (see permissions.ts): nothing is done, and nothing told of a table that is DELETING, unless they allow it. What the
 * layer refuses does not reach it.
 *
 * Played: tables CREATING, UPDATING, DELETING and gone only later; backups CREATING; restores, with RestoreSummary,
 * 50 at a time; backups not to be had in a table's first seconds; one restore a backup; no DeleteTable while a backup
 * runs; a TTL changed once in an hour, ENABLING meanwhile; 500 table operations at a time; the documented call rates;
 * ListBackups by type and time; point-in-time recovery of what is written through the layer. All durations follow `timeScale` (see durations.ts), the rates do not.
 *
 * Not played, so that no test can rely on it: PartiQL on a CREATING table; index changes and their status; the lower
 * quota for tables with indexes; the SYSTEM backup of a deleted table with PITR; the data-plane permissions that a restore needs on its target; more than one account or
 * region; what CloudFormation changes, which the emulator does inside itself. The emulator, unlike AWS, drops
 * encryption settings and on-demand maximums at a restore, and keeps a resource policy when its table is deleted.
 *
 * Every other request goes through as it is. `GET /_sandbox/calls` tells the calls made, oldest first, and
 * `DELETE /_sandbox/calls` forgets them.
 *
 * @param timeScale 1 for the durations of the real service, 0.01 for a hundredth of them, 0 for none.
 * @throws Error of the system where no port can be opened.
 */
export async function startDynamoDbLayer(options: {
  /** The emulator's address. */
  upstream: string;
  clock: Clock;
  timeScale: number;
  /** Left out, all permissions are the emulator's to check. */
  permissions?: Permissions;
}): Promise<DynamoDbLayer> {
  const upstream = new Upstream(options.upstream);
  const service = new Service(options.clock, options.timeScale);
  const recovery = new PointInTime(options.clock, scaledDurations(options.timeScale));
  const log = new CallLog<LoggedCall>();

  /** With root's permissions, or, where none are looked at, with those of the caller of another call. */
  const askBeside =
    (request: Request): Ask =>
    (operation, input) =>
      upstream.send(own(request, operation, input, options.permissions));

  const forward = async (call: Call, request: Request): Promise<Reply> => {
    const permitted = options.permissions ? await permit(call, request, options.permissions) : request;
    if ('status' in permitted) return permitted;
    const ask = askBeside(request);
    await recovery.before(call, ask);
    const instead = await recovery.instead(call, ask);
    if (instead !== undefined) return 'status' in instead ? instead : ask(...instead);
    const reply = await recovery.present(call, await upstream.send(permitted), ask);
    if (reply.status === 200) recovery.after(call);
    return reply;
  };

  const answerCall = async (call: Call, request: Request): Promise<Reply> => {
    const at = options.clock.now().toISOString();
    const reply = await service.answer(call, () => forward(call, request)).catch(ownFault);
    const { operation, caller, tables, input } = call;
    const outcome = errorTypeOf(reply) ?? 'ok';
    log.record({ operation, at, caller, tables, backup: input.BackupArn ?? input.BackupName, outcome });
    return reply;
  };

  const answer = async (request: Request): Promise<Reply> => {
    if (request.path === '/_sandbox/calls') return answerLog(request.method, log);
    const call = readCall(request.headers, request.body);
    return call === undefined ? upstream.send(request).catch(ownFault) : answerCall(call, request);
  };

  const server = await listen(answer);
  const stop = async () => {
    upstream.close();
    await server.stop();
  };
  return { endpoint: server.endpoint, log, stop };
}

/** A request of the layer's own, like one that a caller has made. */
function own(like: Request, operation: string, input: object, permissions: Permissions | undefined): Request {
  const headers = { ...like.headers, 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const request = { ...like, headers, body: Buffer.from(JSON.stringify(input)) };
  return permissions === undefined ? request : signedByRoot(request, permissions);
}

function answerLog(method: string, log: CallLog<LoggedCall>): Reply {
  if (method === 'GET') return jsonReply(200, log.calls);
  if (method !== 'DELETE') return jsonReply(405, { message: 'GET tells the calls made, DELETE forgets them.' });
  log.reset();
  return jsonReply(200, []);
}

/** What failed in the sandbox itself, as the error that a client of the service tries again. */
function ownFault(error: unknown): Reply {
  return errorReply({ type: 'InternalServerError', message: `The sandbox failed. ${String(error)}` }, 500);
}
