/** The JSON that a body holds; undefined where it holds none, which whoever checks its shape then finds. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
