/** A plain client of the sandbox's own OpenSearch, past the front end: the application, not Tandem, is its user. */
export type SearchClient = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** @param endpoint the address of the server itself */
export function searchClient(endpoint: string): SearchClient {
  return async (method, path, body) => {
    const lines = Array.isArray(body)
      ? `${body.map((line) => JSON.stringify(line)).join('\n')}\n`
      : JSON.stringify(body);
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: { 'content-type': Array.isArray(body) ? 'application/x-ndjson' : 'application/json' },
      ...(body === undefined ? {} : { body: lines }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
}
