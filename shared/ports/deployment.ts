/** A schedule of EventBridge. */
export interface Schedule {
  isEnabled: boolean;
  /** `cron(...)` or `rate(...)` */
  expression: string;
  timezone: string;
}

export interface Alarm {
  name: string;
  areActionsEnabled: boolean;
  /** What it does when it goes off. */
  actions: string[];
}

export interface Subscription {
  protocol: string;
  /** Such as the address of an e-mail. */
  endpoint: string;
  isConfirmed: boolean;
}

/**
 * What a deployment is made of, as far as it has to be looked after. Read only, may be retried. All throw ACCESS_DENIED
 * where the caller may not look, and as the other AWS ports do.
 */
export interface Deployment {
  /** The ARN of the role that a function runs under; undefined where there is no such function. */
  roleOfFunction(name: string): Promise<string | undefined>;
  /** Undefined where there is none of that name. */
  schedule(name: string): Promise<Schedule | undefined>;
  /** The alarms whose names begin so. */
  alarms(prefix: string): Promise<Alarm[]>;
  /** Who subscribes to a topic; undefined where there is no such topic. */
  subscriptions(topicArn: string): Promise<Subscription[] | undefined>;
}
