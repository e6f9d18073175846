import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { transitions } from '../../resources/cost.ts';
import { logicalId } from '../../resources/logical-id.ts';
import { templateOf } from '../support/template-of.ts';
import { catalog, World } from '../support/world.ts';

/** A line of the embedded metric format. */
const metricLineSchema = z.looseObject({
  _aws: z.object({ CloudWatchMetrics: z.tuple([z.object({ Metrics: z.array(z.object({ Name: z.string() })) })]) }),
  service: z.string(),
  step: z.string(),
  plan: z.string(),
});

let lines: z.output<typeof metricLineSchema>[];

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tandem-prod');
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    const parsed = metricLineSchema.safeParse(JSON.parse(line));
    if (parsed.success) lines.push(parsed.data);
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const dimensionsSchema = z.tuple([
  z.object({ Name: z.literal('service'), Value: z.object({ Ref: z.literal('AWS::StackName') }) }),
  z.object({ Name: z.literal('step'), Value: z.string() }),
  z.object({ Name: z.literal('plan'), Value: z.string() }),
]);

/** What the dashboard and the alarm of a plan of that schedule read: metrics by name and dimensions. */
function metricsRead(cron: string): { service: string; step: string; plan: string; name: string }[] {
  const { resources } = templateOf({ app: { tables: { include: ['app-*'] }, schedule: { cron } } });
  const text = JSON.stringify(resources).replaceAll('\\"', '"');
  const graphs = text.matchAll(/\["Tandem","(\w+)","service","\$\{AWS::StackName\}","step","(\w+)","plan","(\w+)"/g);
  const read = [...graphs].map(([, name = '', step = '', plan = '']) => ({ service: 'tandem-prod', step, plan, name }));
  const { MetricName, Dimensions } = resources[logicalId('RecoveryPointAlarm', 'app')]?.Properties ?? {};
  const [, step, plan] = dimensionsSchema.parse(Dimensions);
  return [...read, { service: 'tandem-prod', step: step.Value, plan: plan.Value, name: String(MetricName) }];
}

it.for([
  ['rate(1 day)', 'recoveryPointAt'],
  ['rate(30 days)', 'recoveryPointAge'],
] as const)(
  'of a plan of %s every metric is written that its dashboard and alarm read, under the name of the deployment',
  async ([cron, watched]) => {
    const world = new World().addTables(2).addIndices();

    await world.backup();
    await world.measureAge();

    const written = lines.flatMap(({ _aws, service, step, plan }) =>
      _aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => ({ service, step, plan, name: Name })),
    );
    const read = metricsRead(cron);
    expect(read.length).toBeGreaterThan(6);
    for (const metric of read) expect(written).toContainEqual(metric);
    expect(read.at(-1)).toMatchObject({ name: watched });
  },
);

it('measures how old the newest sound recovery point is, and tells nothing where there is none', async () => {
  const world = new World().addTables(1).plan({ search: null });
  const measured = () => lines.flatMap(({ recoveryPointAge }) => recoveryPointAge ?? []);
  await world.measureAge();
  expect(measured()).toEqual([]);
  await world.backup();
  const recorded = world.clock.now().getTime();

  await world.clock.sleep(8 * 86_400_000);
  await world.buckets.open(catalog).create('recovery-points/app/app-20240101-020000/manifest.json', '{"cut');
  await world.measureAge();

  expect(measured()).toEqual([expect.closeTo((world.clock.now().getTime() - recorded) / 1_000, -1)]);
});

it('tells when the recovery point was recorded, in seconds', async () => {
  const world = new World().addTables(1);

  await world.plan({ search: null }).backup();

  const recorded = lines.find(({ step }) => step === 'RecordRecoveryPoint');
  expect(recorded?.recoveryPointAt).toBeCloseTo(world.clock.now().getTime() / 1_000, -1);
});

it('the dashboard estimates the state transitions of a backup by the calls of its steps', async () => {
  const world = new World({ dynamo: { creatingBackup: 400 }, search: { snapshot: 236 } }).addTables(3).addIndices();

  const { states } = await world.backup();

  const calls = lines.filter((line) => 'duration' in line).length;
  const estimated = calls * transitions.perCall - transitions.lessPerRun;
  expect(Math.abs(estimated - states.length) / states.length).toBeLessThan(0.05);
});
