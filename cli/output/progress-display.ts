import { clearLine, cursorTo } from 'node:readline';
import prettyMilliseconds from 'pretty-ms';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Progress, Share } from '../progress.ts';
import type { TextStream } from '../surroundings.ts';

/** Shows how far a run is while it goes on. */
export interface ProgressDisplay {
  /** Says what begins now, from when the elapsed time is counted. */
  begin(sentence: string): void;
  show(progress: Progress): void;
  /** Leaves what was shown last as it is, so that other lines can follow. */
  end(): void;
}

/** On a terminal one live line, elsewhere a line for each change. */
export function progressDisplay(stream: TextStream, clock: Clock): ProgressDisplay {
  return stream.isTTY === true ? liveLine(stream, clock) : plainLines(stream, clock);
}

/** For --quiet. */
export const noDisplay: ProgressDisplay = { begin: () => {}, show: () => {}, end: () => {} };

function plainLines(stream: TextStream, clock: Clock): ProgressDisplay {
  let start = clock.now();
  let last = '';
  return {
    begin(sentence) {
      start = clock.now();
      stream.write(`${sentence}\n`);
    },
    show(progress) {
      const text = describeProgress(progress);
      if (text === '' || text === last) return;
      last = text;
      stream.write(`  ${text} (${elapsed(start, clock)})\n`);
    },
    end: () => {},
  };
}

function liveLine(stream: TextStream, clock: Clock): ProgressDisplay {
  let start = clock.now();
  let shown = '';
  let ticking: NodeJS.Timeout | undefined;
  const draw = () => {
    if (ticking === undefined) return;
    clearLine(stream, 0);
    const line = `  ${elapsed(start, clock)}  ${shown}`;
    // A line that wraps could not be drawn over.
    stream.write(line.slice(0, (stream.columns || 80) - 1));
    // What somebody else writes, such as an alert, then begins a line.
    cursorTo(stream, 0);
  };
  return {
    begin(sentence) {
      start = clock.now();
      stream.write(`${sentence}\n`);
      ticking = setInterval(draw, 1_000);
      draw();
    },
    show(progress) {
      shown = describeProgress(progress);
      draw();
    },
    end() {
      clearInterval(ticking);
      ticking = undefined;
      stream.write('\n');
    },
  };
}

/** `3 of 12 tables, 40 of 120 shards`, or nothing where nothing is known yet. */
export function describeProgress({ tables, shards, waitingFor }: Progress): string {
  const shares = [ofAll(tables, 'tables'), ofAll(shards, 'shards')].filter((text) => text !== undefined).join(', ');
  return waitingFor === undefined ? shares : `${shares}; waiting: ${waitingFor}`;
}

function ofAll(share: Share | undefined, what: string): string | undefined {
  return share && `${share.done} of ${share.all} ${what}`;
}

function elapsed(start: Date, clock: Clock): string {
  const whole = Math.floor((clock.now().getTime() - start.getTime()) / 1_000);
  return whole === 0 ? '0s' : prettyMilliseconds(whole * 1_000);
}
