/** So that a sandbox that is kept up for days does not grow: the oldest calls are forgotten. */
const longest = 100_000;

/** The calls made, in the order in which they were answered, for tests to count. */
export class CallLog<Call> {
  #calls: Call[] = [];

  get calls(): readonly Call[] {
    return this.#calls;
  }

  record(call: Call): void {
    this.#calls.push(call);
    if (this.#calls.length > longest) this.#calls.shift();
  }

  reset(): void {
    this.#calls = [];
  }
}
