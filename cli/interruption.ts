/** As much of `process` as it takes to hear of Ctrl-C. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export const interruptionName = 'Interruption';

/** Somebody pressed Ctrl-C, or asked the process to end. */
export class Interruption extends Error {
  constructor(message = 'The run was left before its end.') {
    super(message);
    this.name = interruptionName;
  }
}

/**
 * One Ctrl-C can arrive twice: the terminal sends it to every process, and npm and the launcher pass it on as well. Nobody
 * presses twice within so many milliseconds.
 */
const samePress = 200;

/**
 * Does work that is told of Ctrl-C by a signal, whose reason is then an Interruption, instead of being cut off by it. A
 * second Ctrl-C does cut it off.
 *
 * @param message what the Interruption says
 */
export async function interruptible<T>(
  signals: Signals,
  work: (signal: AbortSignal) => Promise<T>,
  message?: string,
): Promise<T> {
  const controller = new AbortController();
  let pressed: NodeJS.Timeout | undefined;
  const interrupt = () => {
    controller.abort(new Interruption(message));
    pressed ??= setTimeout(stopListening, samePress);
  };
  const stopListening = () => {
    clearTimeout(pressed);
    signals.off('SIGINT', interrupt);
    signals.off('SIGTERM', interrupt);
  };
  signals.on('SIGINT', interrupt);
  signals.on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}

/**
 * Does work that follows a Ctrl-C and is told of the next one, as `interruptible` does: what arrives at once is the same
 * press still.
 */
export function interruptibleAgain<T>(signals: Signals, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const begun = performance.now();
  const laterOnes = new Map<() => void, () => void>();
  const hearing = (listener: () => void) => {
    const later = laterOnes.get(listener) ?? (() => performance.now() - begun >= samePress && listener());
    laterOnes.set(listener, later);
    return later;
  };
  const next: Signals = {
    on: (signal, listener) => signals.on(signal, hearing(listener)),
    off: (signal, listener) => signals.off(signal, hearing(listener)),
  };
  return interruptible(next, work);
}

/** Waits for work that cannot be told to stop. @throws the signal's reason as soon as there is one; the work goes on unseen */
export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const interrupt = () => interrupted.reject(signal.reason);
  signal.addEventListener('abort', interrupt);
  try {
    return await Promise.race([work, interrupted.promise]);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
