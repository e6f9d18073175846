import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../sandbox/loopback.ts';
import { clientOf } from './emulators.ts';

/** An answer of DynamoDB: what it answers, or the error that it refuses with, or a page that is not of DynamoDB. */
export type Answer = { json: object } | { error: string; message: string } | { page: string };

/** A client of a DynamoDB that gives each operation the same answer, and an empty one to the others. */
export async function dynamodbThatAnswers(answers: Record<string, Answer>): Promise<DynamoDBClient> {
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = answers[operation] ?? { json: {} };
    if ('page' in answer) outgoing.writeHead(500).end(answer.page);
    else if ('json' in answer) outgoing.end(JSON.stringify(answer.json));
    else outgoing.writeHead(400).end(JSON.stringify({ __type: answer.error, message: answer.message }));
  });
  const { endpoint, stop } = await listenOnLoopback(server);
  onTestFinished(stop);
  return new DynamoDBClient({ ...clientOf(endpoint), maxAttempts: 1 });
}
