/**
 * The data of the demo's application, a small shop: what its tables and indices hold. Made by counting, so that it is the
 * same every time.
 */

export interface Product {
  id: string;
  name: string;
  category: string;
  price: number;
  stock: number;
}

export interface Order {
  id: string;
  customer: string;
  placedAt: string;
  total: number;
  lines: { product: string; quantity: number }[];
}

export interface Customer {
  id: string;
  name: string;
  city: string;
}

const categories = ['books', 'garden', 'kitchen', 'music', 'outdoor', 'toys'];
const cities = ['Aarhus', 'Bergen', 'Gent', 'Graz', 'Groningen', 'Tampere'];
const adjectives = ['amber', 'blue', 'calm', 'deep', 'early', 'fine', 'grand'];
const nouns = ['anvil', 'basket', 'candle', 'drum', 'easel', 'flute', 'globe', 'harp'];

const pick = <T>(list: T[], number: number): T | undefined => list[number % list.length];
const numbered = (prefix: string, number: number) => `${prefix}-${String(number).padStart(5, '0')}`;
const count = <T>(length: number, make: (number: number) => T): T[] =>
  Array.from({ length }, (_, number) => make(number));

export const products: Product[] = count(1_400, (number) => ({
  id: numbered('product', number),
  name: `${pick(adjectives, number)} ${pick(nouns, number * 3)} ${number}`,
  category: pick(categories, number) ?? 'books',
  price: 100 + ((number * 37) % 9_900),
  stock: (number * 13) % 250,
}));

export const orders: Order[] = count(1_800, (number) => ({
  id: numbered('order', number),
  customer: numbered('customer', (number * 7) % 400),
  placedAt: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString(),
  total: 500 + ((number * 91) % 50_000),
  lines: count(1 + (number % 3), (line) => ({
    product: numbered('product', (number + line) % 1_400),
    quantity: 1 + line,
  })),
}));

export const customers: Customer[] = count(400, (number) => ({
  id: numbered('customer', number),
  name: `Customer ${number}`,
  city: pick(cities, number) ?? 'Gent',
}));

/** Sessions exist in a table alone: not everything is searched. */
export const sessions = count(600, (number) => ({
  id: numbered('session', number),
  customer: numbered('customer', number % 400),
  expiresAt: 1_900_000_000 + number * 60,
}));

/** Settings exist in an index alone, one whose name begins with a dot although it is no system index. */
export const settings = count(12, (number) => ({ id: numbered('setting', number), value: `value ${number}` }));
