import { describe, expect, it } from 'vitest';
import { allStates, readDefinitions } from '../../../docs/state-machines/definition.ts';
import { openDescriptions } from '../../../docs/state-machines/descriptions.ts';
import { flowchart } from '../../../docs/state-machines/flowchart.ts';
import { stateMachinesPage } from '../../../docs/state-machines/page.ts';

const definitions = Object.entries(await readDefinitions());

describe.each(definitions)('the picture of the %s', (_, definition) => {
  const picture = flowchart(definition);

  it.each(allStates(definition))('shows %s once, and an arrow to it', (name, state) => {
    const drawn = ['Parallel', 'Map'].includes(state.Type) ? `subgraph ${name} ` : `${name}[\\[{(]`;
    expect(picture.match(new RegExp(`^ *${drawn}`, 'gm'))).toHaveLength(1);
    expect(picture).toMatch(new RegExp(`> ?(\\|.*\\| )?${name}$`, 'm'));
  });

  it('shows an arrow for everything that leads on', () => {
    const ways = allStates(definition).flatMap(([name, state]) => [
      ...[state.Next, state.Default].flatMap((to) => (to === undefined ? [] : [`${name} ${to}`])),
      ...[...state.Choices, ...state.Catch].map(({ Next }) => `${name} ${Next}`),
    ]);
    const drawn = [...picture.matchAll(/^ *(\w+) -.*?> ?(?:\|.*\| )?(\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    const own = drawn.filter((way) => !way.startsWith('start') && !way.endsWith(' succeeded'));
    expect([...new Set(own)].sort()).toEqual([...new Set(ways)].sort());
  });
});

it('says of every task what its step says of itself', async () => {
  const page = await stateMachinesPage();
  const tasks = definitions
    .flatMap(([, definition]) => allStates(definition))
    .filter(([, { Type }]) => Type === 'Task');
  for (const [name] of tasks) expect(page).toMatch(new RegExp(`^- \\*\\*${name}\\*\\*: [A-Z].*\\.$`, 'm'));
  expect(page).toContain(
    '- **CheckTableBackups**: Looks at all table backups of the run with one paged listing, 100 a call.\n',
  );
});

it('refuses a task that no function of serverless.yml runs', async () => {
  const describeState = await openDescriptions();
  const task = definitions.flatMap(([, definition]) => allStates(definition)).find(([, { Type }]) => Type === 'Task');
  const [, state] = task ?? [];
  if (state === undefined) throw new Error('There is no task.');
  await expect(describeState({ ...state, Resource: { 'Fn::GetAtt': ['planNothing', 'Arn'] } })).rejects.toThrow(
    'serverless.yml has no function planNothing.',
  );
});
