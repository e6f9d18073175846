import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Plan, planFileSchema } from '../../../shared/contracts/plan-file.ts';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { type NewPlanFile, planFileText } from '../../../shared/core/plan-file-text.ts';

const letters = [
  ...'abYZ019-_. *?:#,&!|>%@`\'"\\/[]{}()=~^$+;éß日😀\n\r\t\u0000\u0085\u2028\ufeff',
  'null',
  ': ',
  ' #',
  '---',
  'true',
];
const awkward = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 14 });
const named = (pattern: RegExp) => fc.stringMatching(pattern);
const key = awkward.filter((text) => text !== '__proto__');

const tables: fc.Arbitrary<Plan['tables']> = fc
  .record({
    include: fc.array(awkward, { minLength: 1, maxLength: 4 }),
    exclude: fc.array(awkward, { maxLength: 2 }),
    tags: fc.dictionary(key, fc.oneof(awkward, fc.constant('')), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    isTagged: fc.boolean(),
  })
  .map(({ tags, isTagged, ...patterns }) => (isTagged ? { ...patterns, tags } : patterns));

const search: fc.Arbitrary<Plan['search']> = fc.record({
  endpoint: fc.constantFrom('https://search-app.eu-west-1.es.amazonaws.com', 'http://127.0.0.1:9200'),
  auth: fc.oneof(
    fc.constant({ type: 'sigv4' } as const),
    fc.record({ type: fc.constant('basic' as const), username: awkward, secret: awkward }),
  ),
  vpc: fc.option(
    fc.record({
      subnets: fc.array(named(/^subnet-[0-9a-z]{1,5}$/), { minLength: 1, maxLength: 3 }),
      securityGroups: fc.array(named(/^sg-[0-9a-z]{1,5}$/), { minLength: 1, maxLength: 2 }),
    }),
    { nil: undefined },
  ),
  indices: fc.record({
    include: fc.array(awkward, { minLength: 1, maxLength: 3 }),
    exclude: fc.array(awkward, { maxLength: 2 }),
  }),
  repository: fc.record({
    name: named(/^[a-zA-Z0-9:'&!%@-]{1,8}$/).filter((name) => !/^(cs-|_)/.test(name)),
    bucket: awkward,
    basePath: named(/^[a-z0-9:#' -]{0,8}$/),
    roleArn: fc.option(fc.constant("arn:aws:iam::111122223333:role/a 'role': #1"), { nil: undefined }),
    settings: fc.dictionary(key, fc.oneof(awkward, fc.integer(), fc.boolean()), { maxKeys: 3, noNullPrototype: true }),
    existing: fc.subarray(['bucket', 'role'] as const).map((parts) => [...parts]),
  }),
  restoreEndpoints: fc.constant([]),
});

const planFile: fc.Arbitrary<NewPlanFile> = fc
  .record({
    catalogBucket: named(/^[a-z0-9][a-z0-9.-]{1,20}[a-z0-9]$/).filter((name) => !name.includes('..')),
    name: fc.oneof(named(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/), fc.constantFrom('null', 'true', '007', '1e3', 'no')),
    tables: fc.option(tables, { nil: undefined }),
    search: fc.option(search, { nil: undefined }),
    retention: fc.record({
      keepLast: fc.nat(9).map((n) => n + 1),
      daily: fc.nat(9),
      weekly: fc.nat(9),
      monthly: fc.nat(9),
    }),
    email: fc.array(fc.constantFrom('ops@example.org', "o'x+y@example.org", '1@example.org'), { maxLength: 2 }),
    aboutSearch: fc.option(awkward, { nil: undefined }),
    outside: fc.array(awkward, { maxLength: 2 }),
  })
  .filter((file) => file.tables !== undefined || file.search !== undefined)
  .map(({ catalogBucket, name, aboutSearch, outside, email, ...plan }) => ({
    catalogBucket,
    name,
    aboutSearch,
    outside,
    plan: { ...plan, schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' }, alerts: { email } },
  }));

test('a written plan file says what was meant, whatever names there are', () => {
  fc.assert(
    fc.property(planFile, (file) => {
      const { where: _where, ...read } = parsePlanFile(planFileText(file), 'tandem.yml');
      const plans = { [file.name]: { ...file.plan, deadline: '4h' } };
      expect(read).toEqual(planFileSchema.parse({ version: 1, catalog: { bucket: file.catalogBucket }, plans }));
    }),
    { numRuns: 200 },
  );
});

const shop: NewPlanFile = {
  catalogBucket: 'tandem-catalog',
  name: 'shop',
  plan: {
    tables: { include: ['*-orders', 'shop-*'], exclude: [] },
    schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'UTC' },
    retention: { keepLast: 3, daily: 7, weekly: 4, monthly: 12 },
    alerts: { email: [] },
  },
  aboutSearch: undefined,
  outside: ['the users, in Cognito user pool x'],
};

test.for(['no', 'on', 'Yes'])('a plan may be called %s: to older parsers it is no boolean either', (name) => {
  const text = planFileText({ ...shop, name });

  expect(parse(text, { version: '1.1' })).toEqual(parse(text));
});

test('a written plan file explains its keys and says what stays outside', () => {
  expect(planFileText(shop)).toBe(`# What Tandem backs up together, and when. tandem.example.yml shows every key.
version: 1

# The bucket of manifests and ledgers, which the deployment makes. Bucket names are the world's.
catalog: { bucket: tandem-catalog }

plans:
  # What belongs together and comes back together.
  shop:
    tables:
      include: ["*-orders", "shop-*"] # names or globs; * and ? are all there is
      exclude: [] # less these

    schedule: { cron: "cron(0 2 * * ? *)", timezone: UTC } # as EventBridge has it
    retention: { keepLast: 3, daily: 7, weekly: 4, monthly: 12 } # the newest, then one a day, a week and a month
    deadline: 4h # a run that takes longer fails, and says what was pending
    alerts: # of a run that failed
      email: []

    # What belongs to the application and is in no recovery point:
    #   the users, in Cognito user pool x
`);
});
