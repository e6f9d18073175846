import { roleReasons } from '../../resources/role-reasons.ts';
import { type Grant, type Role, rolesIn } from './roles.ts';
import { read, resourcesWith } from './template.ts';

const begin = '<!-- Made by `npm run docs` from the template and resources/role-reasons.ts. Change it there. -->';
const end = '<!-- What follows is written by hand. -->';

/** What a plan file may say that gives roles more, and how tandem.example.yml comes to say it. */
const options: Readonly<Record<string, [pattern: RegExp, replacement: string]>> = {
  'with a domain in a VPC': [/# (vpc: )/, '$1'],
  'with a domain that wants a password': [/\{ type: sigv4 \}/, '{ type: basic, username: tandem, secret: tandem/app }'],
  'with `writers.functions`': [/# (writers: )/, '$1'],
  'with `kmsKey`': [/# (kmsKey: )/, '$1'],
  'with a schedule of a week or more': [/cron\(0 2 \* /, 'cron(0 2 1 '],
};

/** A grant, and the option that it comes with, if any. */
type Optional = Grant & { option?: string };

/** The text of docs/security.md: the tables of the roles are made, and what is around them stays as it is there. */
export async function securityPage(): Promise<string> {
  const [before, rest, ...more] = (await read('docs/security.md')).split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (after === undefined || more.length > 0) throw new Error(`docs/security.md has no part "${begin}" to "${end}".`);
  return [before, begin, '\n\n', (await roles()).map(section).join('\n'), '\n', end, after].join('');
}

/** The roles of tandem.example.yml, and what each option of it gives them beside. */
export async function roles(): Promise<(Role & { grants: Optional[] })[]> {
  const example = await read('tandem.example.yml');
  const found = rolesIn(await resourcesWith(example));
  const variants = Object.entries(options).map(async ([option, [pattern, replacement]]) => {
    if (!pattern.test(example)) throw new Error(`tandem.example.yml has nothing to change for "${option}".`);
    return [option, rolesIn(await resourcesWith(example.replace(pattern, replacement)))] as const;
  });
  const withOptions = await Promise.all(variants);
  return found.map((role) => {
    const known = new Set(role.grants.map(identity));
    const added = withOptions.flatMap(([option, varied]) => {
      const grants = varied.filter(({ name }) => name === role.name).flatMap(({ grants }) => grants);
      return grants.filter((grant) => !known.has(identity(grant))).map((grant) => ({ ...grant, option }));
    });
    return { ...role, grants: [...role.grants, ...added] };
  });
}

const identity = ({ action, on, condition }: Grant) => [action, on, condition].join(' ');

function section({ name, services, trustCondition, grants }: Role): string {
  const trusted = services.map((service) => `\`${service}\``).join(' and ');
  const rows = Map.groupBy(
    grants.map((grant) => row(name, grant)),
    ({ what }) => what,
  );
  return [
    `### ${name}`,
    '',
    `${reasonsOf(name).purpose} Trusts ${trusted}${trustCondition === '' ? '' : `, if ${trustCondition}`}.`,
    '',
    '| action | on | why |',
    '| --- | --- | --- |',
    ...[...rows].map(([what, same]) => `| ${same.map(({ action }) => code(action)).join(', ')} | ${what} |`),
    '',
  ].join('\n');
}

const code = (action: string) => action.replace(/\S+$/, '`$&`');

function row(role: string, { action, on, condition, option }: Optional): { action: string; what: string } {
  const why = reasonsOf(role).actions[action];
  if (why === undefined) throw new Error(`resources/role-reasons.ts does not say why ${role} may ${action}.`);
  const when = option === undefined ? '' : `${option}: `;
  return {
    action,
    what: `${on === '`*`' ? 'everything' : on}${condition === '' ? '' : `, if ${condition}`} | ${when}${why}`,
  };
}

function reasonsOf(role: string) {
  const reasons = roleReasons[role];
  if (reasons === undefined) throw new Error(`resources/role-reasons.ts does not say what there is ${role} for.`);
  return reasons;
}
