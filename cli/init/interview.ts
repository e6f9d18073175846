import { CANCEL_SYMBOL, multiselect, select, text } from '@clack/prompts';
import type * as z from 'zod';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { Interruption } from '../interruption.ts';
import type { Surroundings } from '../surroundings.ts';

/** What is said to whoever leaves before the end. */
export const nothingWritten = 'Nothing was written: the questions were left.';

/** Something that an option says, or somebody at the terminal. */
interface Question {
  /** `--timezone` */
  option: string;
  message: string;
}

/** A question whose answer is a text that a schema takes; what is usual needs nobody to say it. */
export interface TextQuestion<Answer> extends Question {
  schema: z.ZodType<Answer, string>;
  usual: string;
}

interface Choice<Answer> {
  label: string;
  hint?: string;
  answer: Answer;
}

/** A question that has no usual answer. */
export interface ChoiceQuestion<Answer> extends Question {
  choices: Choice<Answer>[];
  /** Why somebody has to answer, where there is no terminal to ask at: what there is to choose from. */
  unclear: string;
}

export type Interview = ReturnType<typeof interview>;

/** Asks at the terminal for what the options leave open. Each throws Interruption where somebody presses Ctrl-C instead. */
export function interview({ stdin, stderr }: Pick<Surroundings, 'stdin' | 'stderr'>) {
  const hasTerminal = stdin.isTTY === true && stderr.isTTY === true;
  const terminal = { input: stdin, output: stderr };

  function demandTerminal({ option, unclear }: ChoiceQuestion<unknown>): void {
    if (hasTerminal) return;
    throw new TandemError('USAGE', `${unclear} There is no terminal to ask at.`, { remedy: `Say it with ${option}.` });
  }

  return {
    hasTerminal,

    /** @param given what the option says. @throws TandemError USAGE where that is not what the schema takes */
    async text<Answer>({ option, message, schema, usual }: TextQuestion<Answer>, given?: string): Promise<Answer> {
      if (given !== undefined || !hasTerminal) return accept(option, given ?? usual, schema);
      const typed = await text({ message, initialValue: usual, validate: schema, ...terminal });
      return accept(option, answered(typed), schema);
    },

    /** @throws TandemError USAGE where there is no terminal to ask at */
    async one<Answer>(question: ChoiceQuestion<Answer>): Promise<Answer> {
      demandTerminal(question);
      const { message, choices } = question;
      return answered(await select<Choice<Answer>>({ message, options: choices.map(shown), ...terminal })).answer;
    },

    /** Any of the choices, or none. @throws TandemError USAGE where there is no terminal to ask at */
    async several<Answer>(question: ChoiceQuestion<Answer>): Promise<Answer[]> {
      demandTerminal(question);
      const { message, choices } = question;
      const options = choices.map(shown);
      const chosen = answered(await multiselect<Choice<Answer>>({ message, options, required: false, ...terminal }));
      return chosen.map(({ answer }) => answer);
    },
  };
}

function shown<Answer>(choice: Choice<Answer>) {
  return { value: choice, label: choice.label, ...(choice.hint !== undefined && { hint: choice.hint }) };
}

function accept<Answer>(option: string, given: string, schema: z.ZodType<Answer, string>): Answer {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => [...path.filter(isKey), message].join(': ')).join('; ');
  throw new TandemError('USAGE', `${option} ${JSON.stringify(given)}: ${wrong}.`, {
    remedy: 'Correct that option; `npx tandem init --help` shows what each takes.',
  });
}

/** The position in a list says nothing about a text. */
function isKey(part: PropertyKey): part is string {
  return typeof part === 'string';
}

function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (answer === CANCEL_SYMBOL) throw new Interruption(nothingWritten);
  return answer;
}
