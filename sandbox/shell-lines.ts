import { shellWord } from '../shared/core/shell-word.ts';
import { outranking } from './account.ts';
import type { Sandbox } from './sandbox.ts';

/** What another terminal's shell is told, so that `npx tandem` works on the sandbox there. */
export function shellLines({ environment, planFile }: Pick<Sandbox, 'environment' | 'planFile'>): string {
  const exports = Object.entries({ ...environment, TANDEM_CONFIG: planFile });
  const lines = [
    `unset ${outranking.join(' ')}`,
    ...exports.map(([name, value]) => `export ${name}=${shellWord(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}
