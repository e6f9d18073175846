import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { transitions } from '../../resources/cost.ts';
import { logicalId } from '../../resources/logical-id.ts';
import { templateOf } from '../support/template-of.ts';
import { World } from '../support/world.ts';

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

/** What the dashboard and the alarm of the plan read: metrics by name and dimensions. */
function metricsRead(): { service: string; step: string; plan: string; name: string }[] {
  const plan = { tables: { include: ['app-*'] }, schedule: { cron: 'rate(1 day)' } };
  const { resources } = templateOf({ app: plan });
  const text = JSON.stringify(resources).replaceAll('\\"', '"');
  const graphs = text.matchAll(/\["Tandem","(\w+)","service","\$\{AWS::StackName\}","step","(\w+)","plan","(\w+)"/g);
  const alarm = resources[logicalId('RecoveryPointAlarm', 'app')]?.Properties.MetricName;
  const read = [...graphs].map(([, name = '', step = '', plan = '']) => ({ service: 'tandem-prod', step, plan, name }));
  return [...read, { service: 'tandem-prod', step: 'RecordRecoveryPoint', plan: 'app', name: String(alarm) }];
}

it('a backup writes every metric that the dashboard and the alarm read, under the name of the deployment', async () => {
  const world = new World().addTables(2).addIndices();

  await world.backup();

  const written = lines.flatMap(({ _aws, service, step, plan }) =>
    _aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => ({ service, step, plan, name: Name })),
  );
  const read = metricsRead();
  expect(read.length).toBeGreaterThan(6);
  for (const metric of read) expect(written).toContainEqual(metric);
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
