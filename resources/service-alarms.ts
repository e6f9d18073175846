import { alarm } from './alarm.ts';
import { deployedFunctions, deployedMachines } from './service.ts';
import type { TemplateResource } from './template-resource.ts';

/** An alarm has five actions at most. The topics beyond are those of plans, whose own alarms they are told of. */
const mostActions = 5;

/**
 * The alarms of what all plans share. They ring on AWS's own metrics, so that they ring too where it is Tandem's own code
 * that fails to tell of a failure.
 */
export function serviceAlarms(alertTopics: unknown[]): Record<string, TemplateResource> {
  const topics = alertTopics.slice(0, mostActions);
  return Object.fromEntries([
    ...deployedMachines.flatMap((machine) => executionAlarms(machine, topics)),
    ...deployedFunctions.flatMap((lambda) => functionAlarms(lambda, topics)),
    ['ScheduleDeadLettersAlarm', deadLetterAlarm(topics)],
  ]);
}

interface Named {
  name: string;
  id: string;
}

type Alarms = [id: string, alarm: TemplateResource][];

function executionAlarms({ name, id }: Named, topics: unknown[]): Alarms {
  const ends = { Failed: 'failed', TimedOut: 'timed out', Aborted: 'was aborted' };
  return Object.entries(ends).map(([end, words]) => [
    `${id}${end}Alarm`,
    alarm({
      name: `${name}-${words.replace(/^was /, '').replace(' ', '-')}`,
      description: `A ${name} ${words}. Its history in the console says where; the alert of the run says how to go on.`,
      metric: { namespace: 'AWS/States', name: `Executions${end}`, dimensions: { StateMachineArn: { Ref: id } } },
      topics,
    }),
  ]);
}

function functionAlarms({ name, id }: Named, topics: unknown[]): Alarms {
  return ['Errors', 'Throttles'].map((metric) => [
    `${id}${metric}Alarm`,
    alarm({
      name: `${name}-${metric.toLowerCase()}`,
      description:
        metric === 'Errors'
          ? `The function ${name} failed. The run goes on where its next attempt went well; the log says why.`
          : `The function ${name} was not let run: the account's concurrency is used up.`,
      metric: { namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: { Ref: `${id}LambdaFunction` } } },
      topics,
    }),
  ]);
}

function deadLetterAlarm(topics: unknown[]) {
  return alarm({
    name: 'schedule-dead-letters',
    description: 'A scheduled backup was never started: the queue of dead letters holds what should have started it.',
    metric: {
      namespace: 'AWS/SQS',
      name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: { 'Fn::GetAtt': ['ScheduleDeadLetters', 'QueueName'] } },
    },
    topics,
  });
}
