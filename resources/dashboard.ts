import { price, transitions } from './cost.ts';
import { deployedMachines } from './service.ts';

const hour = 3_600;
const day = 24 * hour;
const widgetWidth = 8;
const widgetHeight = 6;
const headingHeight = 1;
const rowWidth = 24;

/** CloudFormation fills these in. */
const region = `\${AWS::Region}`;
const service = `\${AWS::StackName}`;

interface Graph {
  title: string;
  metrics: unknown[];
  view?: 'timeSeries' | 'singleValue';
}

interface Section {
  heading: string;
  graphs: Graph[];
}

/**
 * How the recovery points of each plan are, and what they cost, as far as the steps and AWS count it.
 *
 * @param rare those of the plans whose newest recovery point may be older than what is shown, so that its age is measured
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html for the expressions
 */
export function dashboard(plans: string[], rare: string[] = []) {
  const sections = [...plans.map((plan) => planSection(plan, rare.includes(plan))), workflowSection()];
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: { Ref: 'AWS::StackName' },
      DashboardBody: { 'Fn::Sub': JSON.stringify({ start: '-P2W', widgets: placed(sections) }) },
    },
  };
}

/** Sections one below the other, each with a heading and three graphs a row. */
function placed(sections: Section[]): object[] {
  let top = 0;
  return sections.flatMap(({ heading, graphs }) => {
    const y = top;
    top += headingHeight + Math.ceil((graphs.length * widgetWidth) / rowWidth) * widgetHeight;
    const text = { type: 'text', x: 0, y, width: rowWidth, height: headingHeight, properties: { markdown: heading } };
    return [text, ...graphs.map((graph, position) => placedGraph(graph, position, y + headingHeight))];
  });
}

function placedGraph({ title, metrics, view = 'timeSeries' }: Graph, position: number, top: number): object {
  const x = (position * widgetWidth) % rowWidth;
  const y = top + Math.floor((position * widgetWidth) / rowWidth) * widgetHeight;
  const properties = { title, region, view, metrics, period: hour, stat: 'Maximum' };
  return { type: 'metric', x, y, width: widgetWidth, height: widgetHeight, properties };
}

function planSection(plan: string, isRare: boolean): Section {
  const counted = (step: string, name: string, options: object) => {
    return ['Tandem', name, 'service', service, 'step', step, 'plan', plan, options];
  };
  const recorded = (name: string, options: object = {}) => counted('RecordRecoveryPoint', name, options);
  const search = (metric: string, statistic: string) =>
    `SEARCH('{Tandem,service,step,plan} MetricName="${metric}" service="${service}" plan="${plan}"', '${statistic}', ${day})`;
  const expression = (text: string, label: string, options: object = {}) => [
    { expression: text, label, period: day, ...options },
  ];
  const hidden = { visible: false };
  return {
    heading: `## Plan ${plan}`,
    graphs: [
      {
        title: 'Hours since the last good recovery point',
        view: 'singleValue',
        metrics: isRare
          ? [
              // The youngest, as in the alarm: a look before a backup of the same day is of no interest after it.
              counted('MeasureAge', 'recoveryPointAge', { id: 'measured', stat: 'Minimum', period: day, ...hidden }),
              expression('measured / 3600', 'hours', { id: 'age' }),
            ]
          : [
              recorded('recoveryPointAt', { id: 'at', ...hidden }),
              // EPOCH is the time of each hour, whether there is data in it or not; REPEAT is the last value before it.
              expression('(EPOCH(at) - FILL(at, REPEAT)) / 3600', 'hours', { id: 'age', period: hour }),
            ],
      },
      {
        title: 'Size, bytes',
        metrics: [recorded('tableBytes', { label: 'tables' }), recorded('indexBytes', { label: 'indices' })],
      },
      { title: 'Duration, seconds', metrics: [recorded('backupSeconds', { label: 'backup' })] },
      { title: 'Skew between the two stores, seconds', metrics: [recorded('skewSeconds', { label: 'skew' })] },
      {
        title: 'State transitions a day, estimated',
        metrics: [
          counted('PlanBackup', 'duration', { id: 'runs', stat: 'SampleCount', period: day, ...hidden }),
          expression(`SUM(${search('duration', 'SampleCount')})`, 'calls', { id: 'calls', ...hidden }),
          expression(`calls * ${transitions.perCall} - FILL(runs, 0) * ${transitions.lessPerRun}`, 'transitions', {
            id: 'transitions',
          }),
        ],
      },
      {
        title: 'Cost, US dollars, estimated',
        metrics: [
          expression(`SUM(${search('duration', 'SampleCount')})`, 'calls', { id: 'calls', ...hidden }),
          expression(`SUM(${search('duration', 'Sum')})`, 'seconds', { id: 'seconds', ...hidden }),
          recorded('tableBytes', { id: 'tables', period: day, ...hidden }),
          recorded('indexBytes', { id: 'indices', period: day, ...hidden }),
          expression(
            `calls * ${transitions.perCall * price.stateTransition} + seconds * ${price.functionSecond}`,
            'the runs of a day',
          ),
          expression(
            `tables / 1000000000 * ${price.tableBackupGigabyteMonth} + indices / 1000000000 * ${price.snapshotGigabyteMonth}`,
            'a month of one recovery point, at most',
          ),
        ],
      },
    ],
  };
}

function workflowSection(): Section {
  const of = (metric: string, statistic: string) =>
    deployedMachines.map(({ name, id }) => [
      'AWS/States',
      metric,
      'StateMachineArn',
      `\${${id}}`,
      { label: name, stat: statistic },
    ]);
  return {
    heading: '## All plans',
    graphs: [
      { title: 'Executions that succeeded', metrics: of('ExecutionsSucceeded', 'Sum') },
      { title: 'Executions that failed', metrics: of('ExecutionsFailed', 'Sum') },
      { title: 'Execution time, milliseconds', metrics: of('ExecutionTime', 'Maximum') },
    ],
  };
}
