import { allStates, type Definition, readDefinitions } from './definition.ts';
import { type Describe, openDescriptions } from './descriptions.ts';
import { flowchart } from './flowchart.ts';

const intro = `# The state machines

<!-- Made by \`npm run docs\` from statemachines/*.asl.yml and the docstrings of the steps. Change it there. -->

It begins at the circle. A box is a task, which is a Lambda function; a diamond is a choice; a hexagon waits, for as many
seconds as the variable in it says; a frame runs its parts side by side. A dotted arrow is taken when a task has failed: for
good, or as often as its \`Retry\` allows.
`;

/** The text of docs/state-machines.md. */
export async function stateMachinesPage(): Promise<string> {
  const describe = await openDescriptions();
  const sections = Object.entries(await readDefinitions()).map((machine) => section(machine, describe));
  return [intro, ...(await Promise.all(sections))].join('\n');
}

async function section([name, definition]: [string, Definition], describe: Describe): Promise<string> {
  const described = allStates(definition).map(async ([state, content]) => {
    const description = await describe(content);
    return description === undefined ? [] : [`- **${state}**: ${description}`];
  });
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [
    `## ${title}`,
    '',
    ...(definition.Comment === undefined ? [] : [definition.Comment, '']),
    '```mermaid',
    flowchart(definition),
    '```',
    '',
    ...(await Promise.all(described)).flat(),
    '',
  ].join('\n');
}
