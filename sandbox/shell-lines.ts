import { shellWord } from '../shared/core/shell-word.ts';
import { outranking } from './account.ts';
import type { Sandbox } from './sandbox.ts';

/** What another terminal's shell is told, so that `npx tandem`, and `aws`, work on the sandbox there. */
export function shellLines({ environment, planFile }: Pick<Sandbox, 'environment' | 'planFile'>): string {
  // By this name the AWS command line knows the region; version 1 by no other.
  const { AWS_REGION: AWS_DEFAULT_REGION = '' } = environment;
  const exports = Object.entries({ ...environment, AWS_DEFAULT_REGION, TANDEM_CONFIG: planFile });
  const lines = [
    `unset ${outranking.join(' ')}`,
    ...exports.map(([name, value]) => `export ${name}=${shellWord(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}
