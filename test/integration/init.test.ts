import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, inject, it } from 'vitest';
import { catalogBucket } from '../../sandbox/plan-file.ts';
import { parsePlanFile } from '../../shared/core/plan-file.ts';
import { dynamodb } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment } = inject('deployed');
const folder = await mkdtemp(join(tmpdir(), 'tandem-init-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes a plan file for the account, from which its tables are backed up', async () => {
  for (const TableName of ['init-orders', 'init-customers']) {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  }
  const file = join(folder, 'tandem.yml');
  const names = ['init-customers', 'init-orders'];

  const options = ['--tables', 'init-*', '--domain', 'none', '--bucket', catalogBucket];
  const made = await tandem(['init', '--config', file, ...options], environment);

  expect(made).toMatchObject({ exitCode: 0, told: '', json: { account: '000000000000', tables: { names } } });
  const { plans } = parsePlanFile(await readFile(file, 'utf8'), file);
  expect(plans).toMatchObject({ init: { tables: { include: ['init-*'] } } });

  const backedUp = await tandem(['backup', '--local', '--config', file], environment);

  expect(backedUp).toMatchObject({ exitCode: 0, json: { plan: 'init', tables: names.map((name) => ({ name })) } });
});
