import { describe, expect, it } from 'vitest';
import { dynamodbTables } from '../../../shared/adapters/dynamodb-tables.ts';
import { tableDescriptionSchema } from '../../../shared/adapters/table-description.ts';
import { type Answer, dynamodbThatAnswers } from '../../support/dynamodb-that-answers.ts';

const orders = {
  TableName: 'orders',
  TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  TableId: '0a1b2c3d',
  TableStatus: 'ACTIVE',
  CreationDateTime: 1_900_000_000,
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};
const table = tableDescriptionSchema.parse({ ...orders, CreationDateTime: new Date() });

async function tablesThatAnswer(answers: Record<string, Answer>) {
  return dynamodbTables(await dynamodbThatAnswers({ DescribeTable: { json: { Table: orders } }, ...answers }));
}

describe('the settings of a table', () => {
  const recovery = { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 14 };
  const settings = {
    ListTagsOfResource: { json: { Tags: [{ Key: 'team', Value: 'web' }] } },
    DescribeTimeToLive: { json: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLING', AttributeName: 'expires' } } },
    DescribeContinuousBackups: { json: { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: recovery } } },
    GetResourcePolicy: { json: { Policy: '{"Version":"2012-10-17"}' } },
  };

  it('are read from four operations', async () => {
    const tables = await tablesThatAnswer(settings);

    expect(await tables.ownSettings(table)).toEqual({
      tags: { team: 'web' },
      timeToLive: { attribute: 'expires' },
      pointInTimeRecovery: { days: 14 },
      resourcePolicy: '{"Version":"2012-10-17"}',
      notCaptured: [],
    });
  });

  it('name the one that the endpoint does not offer', async () => {
    const tables = await tablesThatAnswer({
      ...settings,
      GetResourcePolicy: { page: '<!doctype html>' },
      DescribeTimeToLive: { error: 'UnknownOperationException', message: '' },
    });

    const { notCaptured, ...captured } = await tables.ownSettings(table);

    expect(captured).toEqual({ tags: { team: 'web' }, pointInTimeRecovery: { days: 14 } });
    expect(Object.fromEntries(notCaptured.map(({ setting, why }) => [setting, why]))).toEqual({
      timeToLive: expect.stringContaining('UnknownOperationException'),
      resourcePolicy: expect.stringContaining('HTTP 500'),
    });
  });

  it('are not left out because they may not be read', async () => {
    const message = 'User: arn:aws:iam::111122223333:user/me is not authorized to perform: dynamodb:GetResourcePolicy';
    const tables = await tablesThatAnswer({
      ...settings,
      GetResourcePolicy: { error: 'AccessDeniedException', message },
    });

    await expect(tables.ownSettings(table)).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: expect.stringContaining('dynamodb:GetResourcePolicy'),
    });
  });
});

describe('a time to live', () => {
  const off = { DescribeTimeToLive: { json: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } } } };

  it('is too early to set where it was changed within the hour', async () => {
    const message = 'Time to live has been modified multiple times within a fixed interval';
    const tables = await tablesThatAnswer({ ...off, UpdateTimeToLive: { error: 'ValidationException', message } });

    await expect(tables.setTimeToLive('orders', 'expires')).rejects.toMatchObject({ code: 'NOT_READY' });
  });

  it('cannot be set where another attribute has it', async () => {
    const message = 'TimeToLive is active on a different AttributeName: current AttributeName is other';
    const tables = await tablesThatAnswer({ ...off, UpdateTimeToLive: { error: 'ValidationException', message } });

    await expect(tables.setTimeToLive('orders', 'expires')).rejects.toMatchObject({ code: 'PROVIDER_FAILURE' });
  });
});

describe('the description of a table', () => {
  it('is refused where it lacks what every table has', async () => {
    const { TableArn: _, ...incomplete } = orders;
    const tables = await tablesThatAnswer({ DescribeTable: { json: { Table: incomplete } } });

    await expect(tables.describe('orders')).rejects.toMatchObject({
      code: 'PROVIDER_FAILURE',
      message: expect.stringMatching(/DescribeTable orders.*TableArn/),
    });
  });
});
