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
