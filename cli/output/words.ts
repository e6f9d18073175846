import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';

/** `1 table`, `3 tables`, `4,000 items` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** The first of many names. */
export function someOf(names: string[], most: number): string {
  return `${names.slice(0, most).join(', ')}${names.length > most ? ', ...' : ''}`;
}

export function size(bytes: number): string {
  return prettyBytes(bytes);
}

/** The time between two moments, in words. */
export function duration(from: string, to: string): string {
  return prettyMilliseconds(Date.parse(to) - Date.parse(from), { secondsDecimalDigits: 0 });
}

/** A length of time in seconds, in words. */
export function seconds(length: number): string {
  return prettyMilliseconds(length * 1_000, { secondsDecimalDigits: 1 });
}

export function sum(numbers: (number | null)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}

/** Cents, and as much of less than a cent as says something. */
export function dollars(value: number): string {
  const style = { style: 'currency', currency: 'USD' } as const;
  const small = value > 0 && value < 0.01;
  return value.toLocaleString('en-US', small ? { ...style, maximumSignificantDigits: 2 } : style);
}
