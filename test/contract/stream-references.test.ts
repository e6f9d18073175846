import { randomUUID } from 'node:crypto';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreatePipeCommand, PipesClient } from '@aws-sdk/client-pipes';
import { describe, expect, inject, it } from 'vitest';
import { awsStreamReferences } from '../../shared/adapters/aws-stream-references.ts';
import type { StreamReferences } from '../../shared/ports/stream-references.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeStreamReferences } from '../support/fakes/stream-references.ts';

interface Subject {
  name: string;
  /** A pipe that reads a stream, and an export with its ARN, which another stack imports. */
  open(): Promise<{ references: StreamReferences; stream: string; pipe: string; exported: string; importer: string }>;
}

async function emulator(endpoint: string) {
  const id = randomUUID().slice(0, 8);
  const stream = `arn:aws:dynamodb:us-east-1:000000000000:table/t-${id}/stream/2030-01-01T00:00:00.000`;
  const names = { pipe: `pipe-${id}`, exported: `Stream-${id}`, importer: `reports-${id}` };
  const [pipes, cloudFormation] = [new PipesClient(clientOf(endpoint)), new CloudFormationClient(clientOf(endpoint))];
  await pipes.send(
    new CreatePipeCommand({
      Name: names.pipe,
      RoleArn: 'arn:aws:iam::000000000000:role/pipe',
      Source: stream,
      SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST' } },
      DesiredState: 'STOPPED',
      Target: 'arn:aws:sqs:us-east-1:000000000000:target',
    }),
  );
  const queue = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'of', Value: name }] } });
  const stack = (StackName: string, template: object) =>
    cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  await stack(`app-${id}`, {
    Resources: { Any: queue('any') },
    Outputs: { Stream: { Value: stream, Export: { Name: names.exported } } },
  });
  await stack(names.importer, { Resources: { Any: queue({ 'Fn::ImportValue': names.exported }) } });
  return { references: awsStreamReferences(pipes, cloudFormation), stream, ...names };
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open() {
      const references = new FakeStreamReferences();
      const names = { pipe: 'pipe', exported: 'Stream', importer: 'reports' };
      const stream = 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/label';
      references.known.pipes.push({ name: names.pipe, source: stream });
      references.known.exports.push({ name: names.exported, value: stream, importedBy: [names.importer] });
      return { references, stream, ...names };
    },
  },
  { name: 'MiniStack', open: () => emulator(inject('miniStack')) },
];

describe.each(subjects)('references to streams: $name', ({ open }) => {
  it('tells the pipes that read a stream, and the exports that hold its ARN with who imports them', async () => {
    const { references, stream, pipe, exported, importer } = await open();
    const prefix = stream.slice(0, -3);

    expect(await references.pipes(prefix)).toEqual([{ name: pipe, source: stream }]);
    expect(await references.exports(prefix)).toEqual([{ name: exported, value: stream, importedBy: [importer] }]);
  });

  it('tells nothing of a stream that nothing names', async () => {
    const { references } = await open();

    expect(await references.pipes('arn:aws:dynamodb:us-east-1:000000000000:table/none/')).toEqual([]);
    expect(await references.exports('arn:aws:dynamodb:us-east-1:000000000000:table/none/')).toEqual([]);
  });
});
