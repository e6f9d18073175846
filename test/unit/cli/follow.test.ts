import { describe, expect, it } from 'vitest';
import { follow } from '../../../cli/follow.ts';
import { noProgress, type Progress, readProgress } from '../../../cli/progress.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { openLedger } from '../../../shared/steps/ledger.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { FakeBuckets } from '../../support/fakes/object-store.ts';

const ending = { failure: undefined };

function display() {
  const shown: (Progress | undefined)[] = [];
  return { shown, begin: () => {}, end: () => {}, show: (progress: Progress) => void shown.push(progress) };
}

function tables(done: number): Progress {
  return { ...noProgress, tables: { done, all: 2 } };
}

describe('following a run', () => {
  it('looks once more when the execution has ended, even where it ended during a look', async () => {
    const ended = Promise.withResolvers<typeof ending>();
    const seen = display();
    let looks = 0;
    const look = async () => {
      looks += 1;
      if (looks === 2) ended.resolve(ending);
      const progress = tables(looks - 1);
      await new Promise(setImmediate);
      return progress;
    };

    await follow(ended.promise, look, seen, new FakeClock());

    expect(seen.shown).toEqual([tables(0), tables(1), tables(2)]);
  });

  it('shows nothing new where it cannot see how far the run is', async () => {
    const seen = display();

    await follow(Promise.resolve(ending), async () => undefined, seen, new FakeClock());

    expect(seen.shown).toEqual([]);
  });

  it('ends with the error that a look fails with', async () => {
    const execution = Promise.withResolvers<never>().promise;
    const look = () => Promise.reject(new TandemError('ACCESS_DENIED', 'no'));

    await expect(follow(execution, look, display(), new FakeClock())).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });
});

describe('how far a run is', () => {
  const buckets = new FakeBuckets('catalog');
  const ledger = openLedger(buckets.open('catalog'), 'app', 'run');

  it('cannot be seen while the catalog is busy', async () => {
    buckets.faults.fail('objects.get', new TandemError('THROTTLED', 'slow down'));

    expect(await readProgress('backup', ledger)).toBeUndefined();
  });

  it('is nothing yet where the run has no ledger', async () => {
    expect(await readProgress('backup', ledger)).toEqual(noProgress);
    expect(await readProgress('restore', ledger)).toEqual(noProgress);
  });
});
