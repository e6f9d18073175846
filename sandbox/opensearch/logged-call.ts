/** A call as it was answered. It holds no body and no secret: an access key id is none. */
export interface LoggedCall {
  /** When it was answered, ISO 8601. */
  at: string;
  method: string;
  /** Path and query, as they stood in the request line. */
  url: string;
  /** What IAM calls it: es:ESHttpGet and so on. */
  action: string;
  /** The access key id that it was signed with; undefined where it was not signed. */
  accessKeyId: string | undefined;
  /** The HTTP status; undefined where the connection was cut before one. */
  status: number | undefined;
}
