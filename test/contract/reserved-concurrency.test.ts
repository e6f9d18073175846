import { randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, inject, it } from 'vitest';
import { lambdaReservedConcurrency } from '../../shared/adapters/lambda-reserved-concurrency.ts';
import type { ReservedConcurrency } from '../../shared/ports/reserved-concurrency.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeReservedConcurrency } from '../support/fakes/reserved-concurrency.ts';
import { makeFunction } from '../support/function-of-emulator.ts';

interface Subject {
  name: string;
  /** With a function for which nothing is reserved. */
  open(): Promise<{ concurrency: ReservedConcurrency; name: string; arn: string }>;
}

async function emulator(endpoint: string) {
  const name = `writer-${randomUUID()}`;
  const arn = await makeFunction(endpoint, name);
  return { concurrency: lambdaReservedConcurrency(new LambdaClient(clientOf(endpoint))), name, arn };
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open() {
      const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:writer';
      return { concurrency: fakeReservedConcurrency(new Map([['writer', undefined]])), name: 'writer', arn };
    },
  },
  { name: 'MiniStack', open: () => emulator(inject('miniStack')) },
  { name: 'moto', open: () => emulator(inject('moto')) },
];

describe.each(subjects)('reserved concurrency: $name', ({ open }) => {
  it('tells that nothing is reserved, by the name and by the ARN', async () => {
    const { concurrency, name, arn } = await open();

    expect([await concurrency.get(name), await concurrency.get(arn)]).toEqual([undefined, undefined]);
  });

  it('sets what is reserved, 0 as well, and takes it off, once or again', async () => {
    const { concurrency, name, arn } = await open();

    await concurrency.set(name, 7);
    expect(await concurrency.get(arn)).toBe(7);
    await concurrency.set(arn, 0);
    await concurrency.set(arn, 0);
    expect(await concurrency.get(name)).toBe(0);
    await concurrency.set(name, undefined);
    await concurrency.set(name, undefined);

    expect(await concurrency.get(name)).toBeUndefined();
  });

  it('knows no function that does not exist', async () => {
    const { concurrency } = await open();
    const refused = { code: 'WRITER_NOT_FOUND', message: expect.stringContaining('nobody') };

    await expect(concurrency.get('nobody')).rejects.toMatchObject(refused);
    await expect(concurrency.set('nobody', 0)).rejects.toMatchObject(refused);
    await expect(concurrency.set('nobody', undefined)).rejects.toMatchObject(refused);
  });
});
