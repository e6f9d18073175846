/** A name for a plan that says what it is of, in the letters that it may have. */
export function planNameFor(what: string): string {
  const name = what.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|[-_]+$/g, '');
  return name.slice(0, 40) || 'app';
}
