/**
 * How many calls of a function Lambda keeps free for it, and lets it have at most. With 0 Lambda calls it for nobody: what
 * sends events waits and tries again. Both may be repeated. Throws as the other AWS ports do.
 */
export interface ReservedConcurrency {
  /** What is reserved; undefined where nothing is. @throws WRITER_NOT_FOUND */
  get(functionName: string): Promise<number | undefined>;
  /** @param reserved undefined takes the reservation off @throws WRITER_NOT_FOUND, NOT_READY while the function is changed */
  set(functionName: string, reserved: number | undefined): Promise<void>;
}
