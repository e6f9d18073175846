/** Does the work in batches of at most so many, some of them at once; answers what came of each, in order. */
export async function inBatches<T, Result>(
  all: T[],
  size: number,
  atOnce: number,
  work: (batch: T[]) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < all.length; first += size * atOnce) {
    const round = all.slice(first, first + size * atOnce);
    const batches = Array.from({ length: Math.ceil(round.length / size) }, (_, number) =>
      round.slice(number * size, (number + 1) * size),
    );
    results.push(...(await Promise.all(batches.map(work))));
  }
  return results;
}
