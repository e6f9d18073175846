import { expect, test } from 'vitest';
import * as z from 'zod';
import { dashboard } from '../../../resources/dashboard.ts';

const box = { x: z.int(), y: z.int(), width: z.int(), height: z.int() };
const bodySchema = z.object({
  widgets: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), ...box, properties: z.object({ markdown: z.string() }) }),
      z.object({
        type: z.literal('metric'),
        ...box,
        properties: z.object({ title: z.string(), metrics: z.array(z.array(z.unknown())) }),
      }),
    ]),
  ),
});

const widgetsOf = (...plans: string[]) => widgetsIn(dashboard(plans));

function widgetsIn({ Properties }: ReturnType<typeof dashboard>) {
  return bodySchema.parse(JSON.parse(Properties.DashboardBody['Fn::Sub'])).widgets;
}

test('each plan has its age, sizes, duration, skew, transitions and cost, from its own metrics', () => {
  const graphs = widgetsOf('shop', 'crm').flatMap((widget) => (widget.type === 'metric' ? [widget.properties] : []));

  for (const plan of ['shop', 'crm']) {
    const own = graphs.filter(({ metrics }) => JSON.stringify(metrics).includes(plan));
    expect(own.map(({ title }) => title.split(/[ ,]/)[0])).toEqual([
      'Hours',
      'Size',
      'Duration',
      'Skew',
      'State',
      'Cost',
    ]);
  }
});

test('the age of a plan that is backed up rarely is the youngest that was measured, as its alarm takes it', () => {
  expect(JSON.stringify(widgetsIn(dashboard(['shop'], ['shop'])))).toContain('{"id":"measured","stat":"Minimum"');
});

test('widgets neither overlap nor leave the grid', () => {
  const taken = new Set<string>();
  for (const { x, y, width, height } of widgetsOf('shop', 'crm')) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let row = y; row < y + height; row += 1) {
        expect(taken).not.toContain(`${column},${row}`);
        taken.add(`${column},${row}`);
      }
    }
  }
});

test('an expression speaks of ids that its graph has', () => {
  for (const widget of widgetsOf('shop')) {
    if (widget.type === 'text') continue;
    const rows = JSON.stringify(widget.properties.metrics);
    const ids = new Set([...rows.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id));
    const expressions = [...rows.matchAll(/"expression":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text ?? '');
    for (const text of expressions.filter((one) => !one.includes('SEARCH'))) {
      for (const [id] of text.matchAll(/\b[a-z]\w*\b/g)) expect(ids).toContain(id);
    }
  }
});
