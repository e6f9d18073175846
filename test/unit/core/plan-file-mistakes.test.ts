import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { wholePlanFile as whole } from '../../support/whole-plan-file.ts';

/** The whole plan file with one piece of its text put in place of another. */
function withText(old: string, text: string): string {
  expect(whole.split(old)).toHaveLength(2);
  return whole.replace(old, text);
}

/** What is told of a plan file that cannot be used. */
function mistakes(text: string): string[] {
  try {
    parsePlanFile(text, 'tandem.yml');
  } catch (error) {
    if (error instanceof TandemError && error.code === 'PLAN_FILE_INVALID') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('one mistake is told with the file, its line and what is wrong', () => {
  const cron = 'must be an EventBridge schedule such as cron(0 2 * * ? *) or rate(1 day)';
  const blank = 'may not hold blanks or any of , " * \\ < > | ? # /';
  const alone = 'must be the address of the domain alone, without a user, a path, a query or a fragment';

  test.for<[what: string, text: string, told: string]>([
    ['a tab', withText('  app:', '\tapp:'), '4: not YAML: Tabs are not allowed as indentation'],
    [
      'a key twice',
      withText('    deadline: 4h', '    deadline: 4h\n    deadline: 5h'),
      '19: not YAML: Map keys must be unique',
    ],
    [
      'two documents',
      `${whole}---\n${whole}`,
      '20: not YAML: Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
    ['a glob without quotes', withText('exclude: []', 'exclude: [*-cache]'), '7: *-cache needs quotes: "*-cache"'],
    ['an unknown key', withText('deadline: 4h', 'deadlnie: 4h'), '18: plans.app.deadlnie: unknown key'],
    ['an unknown key at the top', `${whole}plan: {}\n`, '20: plan: unknown key'],
    [
      'an unknown key in a list of globs',
      withText('exclude: []', 'excluded: []'),
      '7: plans.app.tables.excluded: unknown key',
    ],
    [
      'a text in place of a list',
      withText('include: ["app-*"]', 'include: app-*'),
      '6: plans.app.tables.include: Invalid input: expected array, received string',
    ],
    [
      'a number in place of a name',
      withText('["app-*"]', '\n        - app-*\n        - 5'),
      '8: plans.app.tables.include.1: Invalid input: expected string, received number',
    ],
    [
      'a text in place of a number',
      withText('keepLast: 3', 'keepLast: three'),
      '17: plans.app.retention.keepLast: Invalid input: expected number, received string',
    ],
    ['another version', withText('version: 1', 'version: 2'), '1: version: Invalid input: expected 1'],
    [
      'a bucket that cannot be one',
      withText('tandem-catalog', 'Tandem_Catalog'),
      '2: catalog.bucket: must be the name of a bucket',
    ],
    ['a cron of five fields', withText('cron(0 2 * * ? *)', '0 2 * * *'), `16: plans.app.schedule.cron: ${cron}`],
    [
      'a time zone that is none',
      withText('Europe/Amsterdam', 'Europe/Nowhere'),
      '16: plans.app.schedule.timezone: must be a time zone such as Europe/Amsterdam',
    ],
    [
      'a repository named like those of the service',
      withText('name: tandem', 'name: cs-automated'),
      '13: plans.app.search.repository.name: may not start with cs-, which the managed service keeps for itself',
    ],
    [
      'a repository with a blank in its name',
      withText('name: tandem', 'name: my snapshots'),
      `13: plans.app.search.repository.name: ${blank}`,
    ],
    [
      'a repository with _ in front',
      withText('name: tandem', 'name: _tandem'),
      '13: plans.app.search.repository.name: may not start with _',
    ],
    [
      'a base path that starts with /',
      withText('basePath: app', 'basePath: /app'),
      '15: plans.app.search.repository.basePath: may neither start nor end with /',
    ],
    [
      "a path that starts with / among the server's own settings",
      withText('basePath: app', 'settings: { base_path: /app }'),
      '15: plans.app.search.repository.settings.base_path: may neither start nor end with /',
    ],
    [
      'two paths',
      withText('basePath: app', 'basePath: app\n        settings: { base_path: b }'),
      '16: plans.app.search.repository.settings.base_path: says another path than basePath',
    ],
    [
      'an endpoint with a path',
      withText('search.example.com', 'search.example.com/_search'),
      `9: plans.app.search.endpoint: ${alone}`,
    ],
    [
      'an endpoint with a password',
      withText('search.example.com', ':secret@search.example.com'),
      `9: plans.app.search.endpoint: ${alone}`,
    ],
    [
      'an endpoint without a protocol',
      withText('https://search.example.com', 'search.example.com'),
      '9: plans.app.search.endpoint: must be an address such as https://vpc-app-abc.eu-west-1.es.amazonaws.com',
    ],
    [
      'a way to sign in that there is not',
      withText('type: sigv4', 'type: oauth'),
      "10: plans.app.search.auth.type: Invalid discriminator value. Expected 'sigv4' | 'basic' | 'none'",
    ],
    [
      'a password in the plan file',
      withText('type: sigv4', 'type: basic, username: u, secret: s, password: p'),
      '10: plans.app.search.auth.password: unknown key',
    ],
    [
      'a list as a setting of the repository',
      withText('basePath: app', 'settings: { a: [1] }'),
      '15: plans.app.search.repository.settings.a: must be a text, a number, true or false',
    ],
    [
      'no index at all',
      withText('include: ["*"]', 'include: []'),
      '11: plans.app.search.indices.include: names no index',
    ],
    [
      'a length of time without a unit',
      withText('4h', '"4"'),
      '18: plans.app.deadline: must be a length of time from a second to 18 hours, such as 4h or 90m',
    ],
    [
      'an address that is none',
      withText('ops@example.org', 'ops'),
      '19: plans.app.alerts.email.0: Invalid email address',
    ],
    [
      'a plan with a blank in its name',
      withText('  app:', '  "my app":'),
      '4: plans.my app: a plan has a name of 1 to 40 letters, digits, - and _',
    ],
  ])('%s', ([, text, told]) => {
    expect(mistakes(text)).toEqual([`tandem.yml:${told}`]);
  });

  test.for<[what: string, plans: string, told: string]>([
    ['no plan', '{}', 'plans: holds no plan'],
    [
      'a plan with nothing in it',
      '{ app: {} }',
      'plans.app: has neither tables nor search: there is nothing to back up',
    ],
    ['a plan that was left empty', '{ app: }', 'plans.app: Invalid input: expected object, received null'],
    [
      'tables that are not named',
      '{ app: { tables: {} } }',
      'plans.app.tables.include: names no table: give tables.include, tables.tags or both',
    ],
    [
      'tags that are not named',
      '{ app: { tables: { include: [a], tags: {} } } }',
      'plans.app.tables.tags: names no tag',
    ],
    [
      'a search side without a repository',
      '{ app: { search: { endpoint: "https://h" } } }',
      'plans.app.search.repository: Invalid input: expected object, received undefined',
    ],
  ])('%s', ([, plans, told]) => {
    expect(mistakes(`version: 1\ncatalog: { bucket: tandem }\n\nplans: ${plans}\n`)).toEqual([`tandem.yml:4: ${told}`]);
  });

  test.for([
    ['an empty file', ''],
    ['a list', '- app\n'],
    ['a text', 'app'],
  ])('%s', ([, text]) => {
    expect(mistakes(text ?? '')).toEqual([expect.stringMatching(/^tandem\.yml:1: the file: .*expected object/)]);
  });
});

test('several mistakes are told at once, each on its own line', () => {
  const text = withText('deadline: 4h', 'deadline: soon').replace('keepLast: 3', 'keepLast: 0').replace('[]', '[""]');
  expect(mistakes(text).map((line) => line.split(':')[1])).toEqual(['7', '17', '18']);
});

test('whatever the file holds, it is read or told to be wrong', () => {
  const pieces = fc.constantFrom(
    ...whole.split(/(?<=[\s{}[\],:])/),
    '*',
    '&a',
    '<<',
    '- ',
    '\t',
    '"',
    '\n',
    '!x',
    '#',
    '---\n',
    '|',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.nat(whole.length), (noise, position) => {
      for (const text of [noise.join(''), whole.slice(0, position) + noise.join('') + whole.slice(position)]) {
        expect(mistakes(text).join()).toMatch(/^tandem\.yml:\d+: \S|^$/);
      }
    }),
  );
});
