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

/** Does work that is told of Ctrl-C by a signal, whose reason is then an Interruption, instead of being cut off by it. */
export async function interruptible<T>(signals: Signals, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort(new Interruption());
  signals.on('SIGINT', interrupt);
  signals.on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    signals.off('SIGINT', interrupt);
    signals.off('SIGTERM', interrupt);
  }
}
