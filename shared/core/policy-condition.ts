import { isLike, type PolicyStatement } from './policy-document.ts';

/** True or false, or undefined where that is known only when the call is made. */
export type Truth = boolean | undefined;

export type Operator = 'equals' | 'like';

/** Whether one value of a request compares to the one of a policy. */
type Comparison = (wanted: string, operator: Operator) => Truth;

/**
 * What is known of a request: for each key, in small letters, how its value compares, or null where the request never
 * carries the key. Nothing is known of other keys.
 */
export type KnownKeys = Readonly<Record<string, Comparison | null>>;

/** The operators of IAM that compare texts. Each may say `IfExists`, and for which of several values it has to hold. */
const comparison =
  /^(?:For(?:Any|All)Values?:)?(?:(?:String|Arn)(?<negated>Not)?(?<operator>Equals|Like)(?:IgnoreCase)?|(?<bool>Bool))(?<ifExists>IfExists)?$/i;

/**
 * Whether the conditions of a statement hold, all of which have to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: PolicyStatement['Condition'], known: KnownKeys): Truth {
  const truths = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => compares(operator, values, known[key.toLowerCase()])),
  );
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function compares(name: string, values: string[], known: Comparison | null | undefined): Truth {
  if (known === undefined) return undefined;
  // "true" where the key has to be absent.
  if (name.toLowerCase() === 'null') return values.includes(String(known === null));
  const { negated, operator, bool, ifExists } = comparison.exec(name)?.groups ?? {};
  if (operator === undefined && bool === undefined) return undefined;
  if (known === null) return ifExists !== undefined || negated !== undefined;
  // To IAM ArnEquals is what ArnLike is.
  const isLiteral = operator?.toLowerCase() === 'equals' && !/arn/i.test(name);
  const truths = values.map((value) => known(value, isLiteral ? 'equals' : 'like'));
  const isAny = truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
  return negated === undefined || isAny === undefined ? isAny : !isAny;
}

/** Compares with a value that is known. */
export function valueIs(value: string): Comparison {
  return (wanted, operator) => (operator === 'like' ? isLike(value, wanted) : value === wanted);
}
