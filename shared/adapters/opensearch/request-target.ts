/** How much of the server's 4 kB request line the names of indices may take; the rest is for the method, the path around them and the query. */
const longestNames = 3_500;

/**
 * The path and query of a request, as they are signed and sent: every character but the unreserved ones of RFC 3986 is
 * percent-encoded, so that neither fetch nor a front end has anything left to rewrite, and a `/`, `+` or `%` in the name
 * of an index stays a part of that name.
 */
export function requestTarget(path: string[], query: Record<string, string> = {}): string {
  const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `/${path.map(encode).join('/')}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** Splits names into lists that each fit into one request line. No names make no list. */
export function listsOfNames(names: string[]): string[][] {
  const lists: string[][] = [];
  let room = 0;
  for (const name of names) {
    const length = encode(`${name},`).length;
    if (length > room) {
      lists.push([]);
      room = longestNames;
    }
    lists.at(-1)?.push(name);
    room -= length;
  }
  return lists;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
