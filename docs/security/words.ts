import * as z from 'zod';

const resourceSchema = z.union([
  z.string(),
  z.object({ 'Fn::Sub': z.string() }).transform((text) => text['Fn::Sub']),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).transform((text) => text['Fn::GetAtt'][0]),
  z.object({ Ref: z.string() }).transform(({ Ref }) => `\${${Ref}}`),
]);

const keysSchema = z.record(z.string(), z.union([resourceSchema, z.array(resourceSchema)])).default({});

/** Another operator has no words yet. */
const conditionSchema = z.strictObject({
  StringEquals: keysSchema,
  ArnLike: keysSchema,
  Null: z.record(z.string(), z.literal('true')).default({}),
});

/** What CloudFormation fills in, as it is in the example. */
const ofExample = {
  '${AWS::Partition}': 'aws',
  '${AWS::Region}': 'eu-west-1',
  '${AWS::AccountId}': '111122223333',
};

/** What the ARNs of a statement name, for a cell of a table: functions, topics and the like by their ids in the template. */
export function namesOf(resources: unknown[]): string {
  return resources.map((resource) => code(nameOf(resourceSchema.parse(resource)))).join(', ');
}

/** A condition of a policy: what has to be what; empty without one. */
export function inWords(condition: unknown): string {
  if (condition === undefined) return '';
  const { StringEquals, ArnLike, Null } = conditionSchema.parse(condition);
  const given = Object.entries({ ...StringEquals, ...ArnLike });
  return [
    ...given.map(([key, values]) => `${code(key)} is ${alternatives(values)}`),
    ...Object.keys(Null).map((key) => `${code(key)} is absent`),
  ].join(' and ');
}

function alternatives(values: string | string[]): string {
  return [values]
    .flat()
    .map((value) => code(nameOf(value)))
    .join(' or ');
}

function nameOf(text: string): string {
  const filled = Object.entries(ofExample).reduce((done, [variable, value]) => done.replaceAll(variable, value), text);
  return filled.replace(/^\$\{(\w+)\}$/, '$1').replace(/LambdaFunction$/, '');
}

const code = (text: string) => `\`${text}\``;
