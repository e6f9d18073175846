import { readFile } from 'node:fs/promises';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { parse } from 'yaml';
import * as z from 'zod';

const functionReference = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });

const definitionSchema = z.custom<StateMachineDefinition>(
  (value) => z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.unknown()) }).safeParse(value).success,
  'is not the definition of a state machine',
);

/**
 * Loads a state machine as it is deployed, with an ARN in place of each reference to a function: nothing is called by
 * that ARN in this process, but a definition is not valid without.
 *
 * @param file a path or file URL of a `.asl.yml`
 */
export async function loadDefinition(file: string | URL): Promise<StateMachineDefinition> {
  const content: unknown = parse(await readFile(file, 'utf8'), (_key, value: unknown) => {
    const reference = functionReference.safeParse(value);
    return reference.success ? arnOf(reference.data['Fn::GetAtt'][0]) : value;
  });
  return definitionSchema.parse(content);
}

function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}
