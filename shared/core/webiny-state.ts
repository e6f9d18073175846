import {
  stackType,
  type WebinyOutputs,
  type WebinyResource,
  webinyFunctionSchema,
  webinyOutputsSchema,
  webinyStateSchema,
} from '../contracts/webiny-state.ts';
import { TandemError } from '../errors/tandem-error.ts';

/**
 * Reads the state that Pulumi keeps of an application of Webiny.
 *
 * @param file what the state is called in errors
 * @returns the resources of the deployment as it stands, its stack among them, and those that it only reads
 * @throws TandemError WEBINY_STATE_UNUSABLE where it is no such state, or one of a deployment that did not end
 */
export function readWebinyState(content: string, file: string): WebinyResource[] {
  const parsed = webinyStateSchema.safeParse(json(content, file));
  if (!parsed.success) {
    throw unusable(
      file,
      'it is JSON, but neither a state of Pulumi nor the outputs of `yarn webiny output core --json`',
    );
  }
  const { resources, pending_operations: pending } = parsed.data;
  if (pending != null && pending.length > 0) {
    throw unusable(file, `its deployment was cut off, with pending operations: ${pending.length}`, {
      remedy: 'Have the deployment of Webiny end (`yarn webiny deploy core --env ...`), then try again.',
    });
  }
  return (resources ?? []).filter(({ delete: isReplaced }) => !isReplaced);
}

/** The outputs of the core application. @throws TandemError WEBINY_STATE_UNUSABLE where the resources are of another one */
export function coreOutputs(resources: WebinyResource[], file: string): WebinyOutputs {
  const stack = resources.find(({ type }) => type === stackType);
  if (stack === undefined) {
    const found = [...new Set(resources.map(({ type }) => type))].join(', ');
    throw unusable(
      file,
      found === '' ? 'nothing is deployed: not yet, or not any more' : `it holds no Stack resource, but ${found}`,
    );
  }
  const outputs = stack.outputs ?? {};
  const parsed = webinyOutputsSchema.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ');
  const found = Object.keys(outputs).join(', ') || 'none: its deployment never ended';
  const what = `the outputs of its stack are not those of Webiny's core application: ${wrong}. Outputs: ${found}`;
  throw unusable(file, what, wrong.includes('is encrypted') ? { remedy: howToReveal } : {});
}

const howToReveal = 'Name a file that `pulumi stack export --show-secrets` has made, and delete it afterwards.';

/** Those that the deployment made, without those that it only reads. */
export function madeOf(resources: WebinyResource[]): WebinyResource[] {
  return resources.filter(({ external }) => !external);
}

/** What the names of an application's indices begin with, where one of its functions is told so. */
export function indexPrefixIn(resources: WebinyResource[]): string | undefined {
  return resources.flatMap((resource) => webinyFunctionSchema.safeParse(resource).data ?? [])[0];
}

function json(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const what = content.trim() === '' ? 'it is empty' : 'it is not whole JSON, as if it was being written or cut off';
    throw unusable(file, what, { cause });
  }
}

export function unusable(file: string, what: string, options: { cause?: unknown; remedy?: string } = {}): TandemError {
  return new TandemError('WEBINY_STATE_UNUSABLE', `${file} cannot be used: ${what}.`, options);
}
