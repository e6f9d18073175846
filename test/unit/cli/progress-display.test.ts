import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progressDisplay } from '../../../cli/output/progress-display.ts';
import { noProgress } from '../../../cli/progress.ts';
import { FakeClock } from '../../support/fakes/clock.ts';

const first = { ...noProgress, tables: { done: 1, all: 12 } };
const second = { ...first, shards: { done: 40, all: 120 }, waitingFor: 'Table a is UPDATING.' };

describe('progress where there is no terminal', () => {
  it('is a line for each change', () => {
    const { display, clock, written } = display_({ isTTY: false });

    display.begin('Backing up plan app');
    display.show(noProgress);
    clock.advance(1_900);
    display.show(first);
    clock.advance(60_000);
    display.show(first);
    display.show(second);
    display.end();

    expect(written()).toBe(
      'Backing up plan app\n  1 of 12 tables (1s)\n  1 of 12 tables, 40 of 120 shards; waiting: Table a is UPDATING. (1m 1s)\n',
    );
  });
});

describe('progress on a terminal', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is one line that is drawn over, each second too', () => {
    const { display, clock, written, lines } = display_({ isTTY: true, columns: 80 });

    display.begin('Backing up plan app');
    display.show(first);
    clock.advance(1_000);
    vi.advanceTimersByTime(1_000);
    display.show(second);
    display.end();
    const atEnd = written();
    vi.advanceTimersByTime(10_000);
    display.show(first);

    expect(lines(atEnd)).toEqual([
      'Backing up plan app',
      '  1s  1 of 12 tables, 40 of 120 shards; waiting: Table a is UPDATING.',
      '',
    ]);
    expect(atEnd).toContain('  1s  1 of 12 tables\u001b');
    expect(written()).toBe(atEnd);
  });

  it('never wraps', () => {
    const { display, written, lines } = display_({ isTTY: true, columns: 20 });

    display.begin('Backing up');
    display.show(second);
    display.end();

    expect(lines(written())[1]).toBe('  0s  1 of 12 table');
  });
});

function display_(terminal: { isTTY: boolean; columns?: number }) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), terminal);
  let all = '';
  const written = () => {
    all += stream.read() ?? '';
    return all;
  };
  const clock = new FakeClock();
  return { display: progressDisplay(stream, clock), clock, written, lines: onScreen };
}

/** The lines that stay on the screen: what was drawn over is gone. */
function onScreen(text: string): string[] {
  return text.split('\n').map((line) => line.split('\u001b[2K').at(-1)?.replaceAll('\u001b[1G', '') ?? '');
}
