import { readFile } from 'node:fs/promises';

/** A command that a page shows, and what it shows the command to say. */
export interface ShownCommand {
  /** `npx tandem backup app` */
  line: string;
  /** The words of the line, as a shell takes them. */
  words: string[];
  /** Empty where the page leaves it out. */
  output: string;
}

/** A line of a block that is a command: what follows a `$`, or begins as the commands of Tandem do. */
const command = /^(?:\$ |(?=npx tandem ))(?<line>.*?)(?: +#.*)?$/;

/** The commands of a page, in order. */
export async function shownCommands(page: string): Promise<ShownCommand[]> {
  const text = await readFile(page, 'utf8');
  const blocks = [...text.matchAll(/^```\w*\n(?<block>[\s\S]*?)^```$/gm)];
  return blocks.flatMap(({ groups }) => commandsOf(groups?.block ?? ''));
}

function commandsOf(block: string): ShownCommand[] {
  const shown: ShownCommand[] = [];
  for (const text of block.split('\n')) {
    const line = command.exec(text)?.groups?.line;
    const last = shown.at(-1);
    if (line !== undefined) shown.push({ line, words: wordsOf(line), output: '' });
    else if (last !== undefined) last.output += `${text}\n`;
  }
  return shown.map((one) => ({ ...one, output: one.output.trim() }));
}

function wordsOf(command: string): string[] {
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
}
