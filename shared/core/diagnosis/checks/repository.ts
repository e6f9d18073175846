import type { CheckSet } from '../check.ts';

export const repositoryChecks = {
  REPOSITORY_REGISTERED: {
    topic: 'repository',
    title: 'the snapshot repository is registered',
    problems: {
      missing: {
        outcome: 'warning',
        says: 'Repository <repository> is not registered; the first backup registers it.',
        remedy: 'npx tandem setup <plan>',
      },
      gone: {
        outcome: 'failed',
        says: 'Repository <repository> is not registered any more: the recovery points that are in it cannot be restored until it is.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  REPOSITORY_SETTINGS: {
    topic: 'repository',
    title: 'the repository is registered as the plan says',
    problems: {
      elsewhere: {
        outcome: 'failed',
        says: 'Repository <repository> is registered with <registered>, not with bucket "<bucket>" and base path "<basePath>": no run ever re-points a repository.',
        remedy: 'Give search.repository.name another name.',
      },
      different: {
        outcome: 'warning',
        says: 'Repository <repository> is registered with other settings than the plan says: <settings>. The next backup registers it again.',
        remedy: 'npx tandem setup <plan>',
      },
    },
  },
  REPOSITORY_WRITABLE: {
    topic: 'repository',
    title: 'the repository is not read-only',
    problems: {
      readOnly: {
        outcome: 'failed',
        says: 'Repository <repository> is registered read-only: no snapshot can be written to it.',
        remedy:
          '(<curl> -X DELETE <endpoint>/_snapshot/<repository>) && npx tandem setup <plan> # if no other domain writes to it',
      },
      planned: {
        outcome: 'failed',
        says: 'The plan has its repository registered read-only: no snapshot can be written to it.',
        remedy: 'Take readonly out of search.repository.settings; for restores alone, use a plan without a schedule.',
      },
    },
  },
  REPOSITORY_ONE_WRITER: {
    topic: 'repository',
    title: 'nothing else writes to the place of the repository',
    problems: {
      registeredTwice: {
        outcome: 'failed',
        says: 'Repository <other> of the same domain writes to s3://<bucket>/<basePath> as well: two writers corrupt what is there.',
        remedy: '(<curl> -X DELETE <endpoint>/_snapshot/<other>)',
      },
      plannedTwice: {
        outcome: 'failed',
        says: 'Plan <other> writes to s3://<bucket>/<basePath> as well: two writers corrupt what is there.',
        remedy: 'Give each plan a search.repository.basePath of its own.',
      },
      anotherDomain: {
        outcome: 'failed',
        says: 'Recovery point <point> of the domain <other> is in s3://<bucket>/<basePath> as well: two domains that write there corrupt what is there.',
        remedy:
          'Give the plan a new search.repository.name and basePath; register the old place with readonly: true to restore from it.',
      },
      owned: {
        outcome: 'failed',
        says: 's3://<bucket>/<basePath> is written to by <owner>, as the object beside it says: two domains that write there corrupt what is there.',
        remedy:
          'Give the plan a new search.repository.name and basePath; if that domain is gone for good: aws s3 rm s3://<bucket>/<basePath>.tandem-owner.json && npx tandem setup <plan>',
      },
      disturbed: {
        outcome: 'failed',
        says: 'The repository is not as the domain left it, so something else writes there: <why>',
        remedy: 'npx tandem setup <plan> # once the other writer is found and stopped, and the registration deleted',
      },
    },
  },
  REPOSITORY_VERIFIED: {
    topic: 'repository',
    title: 'every node of the domain can write to the repository',
    problems: {
      unverified: {
        outcome: 'failed',
        says: 'The domain cannot write to repository <repository>: <why>',
        remedy: 'npx tandem setup <plan> # once what the checks of the snapshot role and the bucket say is mended',
      },
    },
  },
} as const satisfies CheckSet;
