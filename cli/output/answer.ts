import type { Colors } from './colors.ts';

/** What a command answers: a document for scripts, a text for people, shorter at a terminal where it would be long. */
export interface Answer {
  document: object;
  text: (colors: Colors, terminal: boolean) => string;
  /** How the command ends, where it does not end well although it has answered. */
  exitCode?: number;
}
