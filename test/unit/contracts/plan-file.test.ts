import { describe, expect, test } from 'vitest';
import { planFileSchema, planSchema } from '../../../shared/contracts/plan-file.ts';

const repository = { name: 'tandem', bucket: 'snapshots' };

test('a plan that names its tables has everything else by itself', () => {
  expect(planSchema.parse({ tables: { include: ['app-*'] } })).toEqual({
    tables: { include: ['app-*'], exclude: [] },
    strategies: { tables: 'replace', indices: 'replace', writeUnits: 1_000 },
    writers: { functions: [] },
    retention: { keepLast: 3, daily: 7, weekly: 4, monthly: 12 },
    deadline: 4 * 3_600,
    alerts: { email: [] },
  });
});

test.for([
  ['import', true],
  ['arn:aws:lambda:eu-west-1:111122223333:function:import', true],
  ['import:live', false],
  ['arn:aws:lambda:eu-west-1:111122223333:function:import:7', false],
  ['im port', false],
] as const)('a writer %s is taken: %s', ([name, isTaken]) => {
  const plan = { tables: { include: ['a'] }, writers: { functions: [name] } };
  expect(planSchema.safeParse(plan).success).toBe(isTaken);
});

test('a plan may have a search side only, with all indices and signed requests', () => {
  expect(planSchema.parse({ search: { endpoint: 'https://search.example.com', repository } }).search).toEqual({
    endpoint: 'https://search.example.com',
    restoreEndpoints: [],
    auth: { type: 'sigv4' },
    indices: { include: ['*'], exclude: [] },
    repository: { ...repository, basePath: '', settings: {}, existing: [] },
  });
});

test.for([
  [{ settings: { base_path: 'app/' } }, 'app'],
  [{ settings: { base_path: 'app/' }, basePath: 'app' }, 'app'],
  [{ settings: {} }, ''],
] as const)('the place of %j is the same for all', ([given, basePath]) => {
  const search = { endpoint: 'https://search.example.com', repository: { ...repository, ...given } };
  expect(planSchema.parse({ search }).search?.repository).toEqual({
    ...repository,
    basePath,
    settings: {},
    existing: [],
  });
});

describe('an endpoint', () => {
  const parse = (endpoint: string) => planSchema.safeParse({ search: { endpoint, repository } }).data?.search?.endpoint;

  test.for([
    ['https://search.example.com', 'https://search.example.com'],
    ['https://search.example.com/', 'https://search.example.com'],
    ['HTTPS://Search.Example.com:443', 'https://search.example.com'],
    ['http://127.0.0.1:9200', 'http://127.0.0.1:9200'],
    ['http://[::1]:9200', 'http://[::1]:9200'],
  ] as const)('%s is kept as %s', ([given, kept]) => {
    expect(parse(given)).toBe(kept);
  });

  test.for([
    'https://',
    'ftp://h',
    'h:9200',
    'https://h/p',
    'https://h?q',
    'https://h/#f',
    'https://u@h',
    'https://:p@h',
  ])('%s is refused', (given) => {
    expect(parse(given)).toBeUndefined();
  });
});

describe('a schedule', () => {
  const accepts = (cron: string) => planSchema.safeParse({ tables: { include: ['a'] }, schedule: { cron } }).success;

  test.for([
    'cron(0 2 * * ? *)',
    'cron(0/15 * ? * MON-FRI *)',
    'cron(0 2 L * ? *)',
    'cron(0 2 3W * ? *)',
    'cron(0 2 ? * 6#3 *)',
    'cron(0 2 ? * FRI#2 *)',
    'cron(0,30 2 1,15 JAN,JUL ? 2026-2030)',
    'rate(1 day)',
    'rate(12 hours)',
  ])('%s is taken', (cron) => {
    expect(accepts(cron)).toBe(true);
  });

  test.for([
    '',
    '0 2 * * ? *',
    'cron(0 2 * * *)',
    'cron(0 2 * * ? * *)',
    'cron(0 2 * * * *)',
    'cron(0 2 ? * ? *)',
    'cron(60 2 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 2 32 * ? *)',
    'cron(0 2 * 13 ? *)',
    'cron(0 2 ? * 8 *)',
    'cron(0 2 * * ? 1900)',
    'cron(0 2 30-10 * ? *)',
    'cron(a b c d ? f)',
    'cron(0 2 1,x * ? *)',
    'cron(? 2 * * ? *)',
    'cron(0  2 * * ? *)',
    'rate(1 days)',
    'rate(2 hour)',
    'rate(0 days)',
    'rate(1 week)',
    'at(2026-11-22T02:00:00)',
  ])('%s is refused', (cron) => {
    expect(accepts(cron)).toBe(false);
  });

  test('is in UTC where no time zone is named', () => {
    const plan = { tables: { include: ['a'] }, schedule: { cron: 'rate(1 day)' } };
    expect(planSchema.parse(plan).schedule?.timezone).toBe('UTC');
  });

  test.for([
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['Asia/Kolkata', true],
    ['Asia/kolkata', false],
    ['Europe/amsterdam', false],
    ['Mars/Olympus', false],
    ['+01:00', false],
  ] as const)('in %s is taken: %s', ([timezone, taken]) => {
    const plan = { tables: { include: ['a'] }, schedule: { cron: 'rate(1 day)', timezone } };
    expect(planSchema.safeParse(plan).success).toBe(taken);
  });
});

describe('a deadline', () => {
  const parse = (deadline: string) => planSchema.safeParse({ tables: { include: ['a'] }, deadline }).data?.deadline;

  test.for([
    ['1s', 1],
    ['30s', 30],
    ['90m', 5_400],
    ['1h30m', 5_400],
    ['1.5h', 5_400],
    ['2 hours', 7_200],
    ['18h', 64_800],
  ] as const)('of %s is %i seconds', ([text, seconds]) => {
    expect(parse(text)).toBe(seconds);
  });

  test.for(['', 'soon', '4', '400ms', '-4h', '0', '18h1s', '30d'])('of "%s" is refused', (text) => {
    expect(parse(text)).toBeUndefined();
  });
});

describe('the name of a plan', () => {
  const accepts = (name: string) =>
    planFileSchema.safeParse({
      version: 1,
      catalog: { bucket: 'tandem' },
      plans: { [name]: { tables: { include: ['a'] } } },
    }).success;

  test.for(['a', 'App_1-b', '1', 'a'.repeat(40)])('may be "%s"', (name) => {
    expect(accepts(name)).toBe(true);
  });

  test.for(['', '-a', '_a', 'a b', 'a.b', 'a/b', 'é', 'a'.repeat(41)])('may not be "%s"', (name) => {
    expect(accepts(name)).toBe(false);
  });
});

test('a repository names a role by its ARN, and an alert a topic by its', () => {
  const search = (roleArn: string) => ({ search: { endpoint: 'https://h', repository: { ...repository, roleArn } } });
  expect(planSchema.safeParse(search('arn:aws-cn:iam::111122223333:role/path/snapshots')).success).toBe(true);
  expect(planSchema.safeParse(search('snapshots')).success).toBe(false);
  const alerts = (topic: string) => ({ tables: { include: ['a'] }, alerts: { topic } });
  expect(planSchema.safeParse(alerts('arn:aws:sns:eu-west-1:111122223333:ops')).success).toBe(true);
  expect(planSchema.safeParse(alerts('arn:aws:sqs:eu-west-1:111122223333:ops')).success).toBe(false);
  expect(planSchema.safeParse(alerts('arn:aws:sns:eu-west-1:111122223333:ops.fifo')).success).toBe(false);
});
