const deadlineMilliseconds = 2_000;

/** Asks a server that may not be up yet: its answer, or undefined where there is none, or a refusal. */
export async function answerOf(url: string, headers: Record<string, string> = {}): Promise<string | undefined> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(deadlineMilliseconds) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
