import { type CloudFormationClient, paginateListExports, paginateListImports } from '@aws-sdk/client-cloudformation';
import { type PipesClient, paginateListPipes } from '@aws-sdk/client-pipes';
import * as z from 'zod';
import type { Pipe, StackExport, StreamReferences } from '../ports/stream-references.ts';
import { ask, understand } from './aws-call.ts';

const pipeSchema = z
  .object({ Name: z.string(), Source: z.string() })
  .transform(({ Name: name, Source: source }) => ({ name, source }));
const exportSchema = z
  .object({ Name: z.string(), Value: z.string() })
  .transform(({ Name: name, Value: value }) => ({ name, value }));

/** The pipes and the stacks of an account and region. */
export function awsStreamReferences(pipes: PipesClient, cloudFormation: CloudFormationClient): StreamReferences {
  /** CloudFormation says of an export that nothing imports that it is not imported by any stack, as a failure. */
  async function importers(name: string): Promise<string[]> {
    const found: string[] = [];
    try {
      const pages = paginateListImports({ client: cloudFormation }, { ExportName: name });
      for await (const page of pages) found.push(...(page.Imports ?? []));
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('not imported by any stack')) throw error;
    }
    return found;
  }

  return {
    pipes: (sourcePrefix) =>
      ask(pipes, `ListPipes of ${sourcePrefix}`, async () => {
        const found: Pipe[] = [];
        for await (const page of paginateListPipes({ client: pipes }, { SourcePrefix: sourcePrefix })) {
          found.push(...understand(z.array(pipeSchema), page.Pipes ?? [], 'ListPipes'));
        }
        return found;
      }),

    exports: (valuePrefix) =>
      ask(cloudFormation, 'ListExports', async () => {
        const found: StackExport[] = [];
        for await (const page of paginateListExports({ client: cloudFormation }, {})) {
          const exported = understand(z.array(exportSchema), page.Exports ?? [], 'ListExports');
          for (const one of exported.filter(({ value }) => value.startsWith(valuePrefix))) {
            found.push({ ...one, importedBy: await importers(one.name) });
          }
        }
        return found;
      }),
  };
}
