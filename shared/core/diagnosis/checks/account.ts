import type { CheckSet } from '../check.ts';

export const accountChecks = {
  CREDENTIALS: {
    topic: 'account',
    title: 'there are credentials that AWS knows',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There are no credentials that AWS takes: <why>',
        remedy: 'aws sso login && aws sts get-caller-identity # or: export AWS_PROFILE=...',
      },
      noRegion: { outcome: 'failed', says: 'There is no region: <why>', remedy: 'export AWS_REGION=eu-west-1' },
    },
  },
  ACCOUNT: {
    topic: 'account',
    title: 'the plan file names things of this account',
    problems: {
      another: {
        outcome: 'failed',
        says: 'The credentials are for account <account>, but <places> of the plan file are of account <other>.',
        remedy: 'Use the credentials of account <other> (AWS_PROFILE), or correct the plan file.',
      },
    },
  },
  REGION: {
    topic: 'account',
    title: 'the plan file names things of this region',
    problems: {
      another: {
        outcome: 'failed',
        says: 'The region is <region>, but <places> of the plan file are in <other>.',
        remedy: 'export AWS_REGION=<other>',
      },
    },
  },
  CLOCK: {
    topic: 'account',
    title: 'the clock is right',
    problems: {
      refused: {
        outcome: 'failed',
        says: 'The clock of this machine is <seconds> s <direction>: AWS refuses signatures that are more than 300 s off.',
        remedy: 'sudo timedatectl set-ntp true',
      },
      skewed: {
        outcome: 'warning',
        says: 'The clock of this machine is <seconds> s <direction>.',
        remedy: 'sudo timedatectl set-ntp true',
      },
    },
  },
} as const satisfies CheckSet;
