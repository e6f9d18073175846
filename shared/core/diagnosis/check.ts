/** The parts of the system that are looked at, in the order in which they are shown. */
export const topics = {
  account: 'Account',
  deployment: 'Deployment',
  alerts: 'Alerts',
  tables: 'Tables',
  domain: 'Search domain',
  security: 'Fine-grained access control',
  repository: 'Snapshot repository',
  role: 'Snapshot role',
  bucket: 'Snapshot bucket',
} as const;

export type Topic = keyof typeof topics;

export interface Problem {
  /** A failed check means that a backup or a restore will not work, or that its failure will go unnoticed. */
  outcome: 'failed' | 'warning';
  /** What was found; `<name>` stands for what is filled in. */
  says: string;
  /** What to paste, or to write into the plan file. */
  remedy: string;
}

export interface Check {
  topic: Topic;
  /** What is so where nothing is wrong. */
  title: string;
  problems: Record<string, Problem>;
}

/** Checks of one topic: a function carries those that it makes, and no others. */
export type CheckSet = Record<string, Check>;
