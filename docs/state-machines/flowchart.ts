import { type Choice, type Definition, innerOf, type State } from './definition.ts';

/** The shape of a state of each type: what stands before and after its name. A Parallel or a Map state is a frame around what runs inside. */
const shapes = {
  Task: ['["', '"]'],
  Choice: ['{"', '"}'],
  Wait: ['{{"', '"}}'],
  Pass: ['[/"', '"/]'],
  Succeed: ['(["', '"])'],
  Fail: ['[["', '"]]'],
} as const satisfies Record<Exclude<State['Type'], 'Parallel' | 'Map'>, [string, string]>;

/** A state machine as a flowchart of Mermaid, which GitHub draws. */
export function flowchart(definition: Definition): string {
  const last = Object.entries(definition.States).filter(([, { End }]) => End);
  return [
    'flowchart TB',
    '  succeeded(["the execution has succeeded"])',
    ...drawn(definition, 'start'),
    ...last.map(([name]) => `  ${name} --> succeeded`),
  ].join('\n');
}

/** @param start the id of the dot that it begins at */
function drawn({ StartAt, States }: Definition, start: string): string[] {
  const states = Object.entries(States);
  const beginning = [`${start}((" "))`, `${start} --> ${StartAt}`];
  return [...beginning, ...states.flatMap(stateOf), ...states.flatMap(arrowsFrom)].map((line) => `  ${line}`);
}

function stateOf([name, state]: [string, State]): string[] {
  if (state.Type !== 'Parallel' && state.Type !== 'Map') {
    const [before, after] = shapes[state.Type];
    return [`${name}${before}${labelOf(name, state)}${after}`];
  }
  const branches = innerOf(state).flatMap((branch, index) => [
    `subgraph ${name}-${index} ["${branchName(state, index)}"]`,
    ...drawn(branch, `start-${name}-${index}`),
    'end',
  ]);
  return [`subgraph ${name} ["${name}"]`, ...branches.map((line) => `  ${line}`), 'end'];
}

function labelOf(name: string, { SecondsPath }: State): string {
  return SecondsPath === undefined ? name : `${name}<br>${variable(SecondsPath)}`;
}

/** What the result of a branch is called. */
function branchName({ Type, ResultSelector }: State, index: number): string {
  if (Type === 'Map') return 'for each, at the same time';
  const selected = Object.entries(ResultSelector).find(([, path]) => path === `$[${index}]`);
  return selected?.[0].replace(/\.\$$/, '') ?? `branch ${index + 1}`;
}

function arrowsFrom([name, state]: [string, State]): string[] {
  const arrow = (to: string, label: string) => `${name} -->|"${label}"| ${to}`;
  return [
    ...state.Choices.map((choice) => arrow(choice.Next, condition(choice))),
    ...(state.Default === undefined ? [] : [arrow(state.Default, 'otherwise')]),
    ...(state.Next === undefined ? [] : [`${name} --> ${state.Next}`]),
    ...state.Catch.filter(({ Next }) => Next !== state.Next).map(({ Next }) => `${name} -.-> ${Next}`),
  ];
}

/** A rule of a Choice state in words: `progress is DONE`. */
function condition({ Variable, Next: _, ...comparison }: Choice): string {
  const compared = variable(Variable);
  return Object.entries(comparison)
    .map(([operator, value]) => (operator === 'IsPresent' ? `there is ${compared}` : `${compared} is ${value}`))
    .join(' and ');
}

function variable(path: string): string {
  return path.replace(/^\$\./, '');
}
