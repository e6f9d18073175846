/** A part of a logical id, which may hold letters and digits only, written as the Serverless Framework writes its own. */
export function logicalId(name: string): string {
  return name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
}
