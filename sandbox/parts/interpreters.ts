import { findJava } from './java.ts';
import { findPython } from './python.ts';

/**
 * Looks for the interpreters that the sandbox needs.
 *
 * @param installed where JDKs may lie beside the one on the PATH
 * @returns why each that was not found is missing: TandemError SANDBOX_PYTHON_MISSING, SANDBOX_JAVA_MISSING
 */
export async function missingInterpreters(
  environment: NodeJS.ProcessEnv = process.env,
  installed?: string[],
): Promise<unknown[]> {
  const looks = await Promise.allSettled([findPython(environment), findJava(environment, installed)]);
  return looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : []));
}
