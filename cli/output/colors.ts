import pc from 'picocolors';
import type { TextStream } from '../surroundings.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours on a terminal, and none where NO_COLOR is set. */
export function colorsFor(stream: TextStream, env: Readonly<Record<string, string | undefined>>): Colors {
  const unwanted = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return pc.createColors(stream.isTTY === true && !unwanted);
}
