import type { CheckSet } from '../check.ts';

export const domainChecks = {
  ENDPOINT: {
    topic: 'domain',
    title: 'the domain is reached',
    problems: {
      unresolved: {
        outcome: 'failed',
        says: 'The name <host> does not exist (DNS): the domain was deleted, or its address is misspelt.',
        remedy: 'aws opensearch list-domain-names # then correct search.endpoint',
      },
      noNameService: {
        outcome: 'failed',
        says: 'The name <host> could not be looked up: the name service (DNS) does not answer.',
        remedy: 'nslookup <host>',
      },
      outsideVpc: {
        outcome: 'failed',
        says: '<host> has a private address, and does not answer here: it is in a VPC that this machine is not in, and the plan puts the functions into none.',
        remedy:
          'Give the plan search.vpc: { subnets: [subnet-...], securityGroups: [sg-...] } of the domain, and deploy; or run this from inside the VPC.',
      },
      outsideVpcLocal: {
        outcome: 'failed',
        says: '<host> has a private address, and does not answer here: it is in a VPC that this machine is not in.',
        remedy:
          'Run this from inside the VPC or through a VPN, or without --local where the functions are in the VPC (search.vpc).',
      },
      securityGroup: {
        outcome: 'failed',
        says: '<host> is in a network that this machine is in as well, but does not answer: its security group lets nothing in from here.',
        remedy:
          'aws ec2 authorize-security-group-ingress --group-id <domainGroup> --protocol tcp --port <port> --source-group <ownGroup>',
      },
      timeout: {
        outcome: 'failed',
        says: '<host> is a public address and does not answer: a firewall on the way, or an access policy by address.',
        remedy: 'Allow connections to <host> at port <port>.',
      },
      refused: {
        outcome: 'failed',
        says: '<host> refuses connections at port <port>: nothing listens there.',
        remedy: 'Correct the port of search.endpoint, or start the domain.',
      },
      noRoute: {
        outcome: 'failed',
        says: 'There is no route to <host>.',
        remedy: 'Check the network of this machine, its VPN and its routes.',
      },
      cutOff: {
        outcome: 'failed',
        says: 'The connection to <host> is cut off before anything is said: by a firewall or a proxy on the way, or what listens at port <port> is no domain.',
        remedy: 'Allow connections to <host> at port <port>, or correct search.endpoint.',
      },
      tls: {
        outcome: 'failed',
        says: 'TLS with <host> fails: <why>',
        remedy:
          'export NODE_EXTRA_CA_CERTS=/path/to/authority.pem # where the certificate is of your own authority; else correct search.endpoint',
      },
      stranger: {
        outcome: 'failed',
        says: 'What answers is no search domain: <why>',
        remedy: 'Give search.endpoint the address of the domain itself, not of its dashboard or of a proxy.',
      },
      unavailable: {
        outcome: 'failed',
        says: 'The domain is reached, but does not answer: <why>',
        remedy: 'aws opensearch describe-domain-health --domain-name <domain>',
      },
    },
  },
  REQUESTS_SIGNED: {
    topic: 'domain',
    title: 'the domain takes the requests for those of a caller that it knows',
    problems: {
      anonymous: {
        outcome: 'failed',
        says: 'The requests are not signed, and the domain takes nothing from anonymous callers: <why>',
        remedy: 'Give the plan search.auth: { type: sigv4 }, or { type: basic, username: ..., secret: ... }.',
      },
      signature: {
        outcome: 'failed',
        says: 'The domain does not take the signature: <why>',
        remedy: 'aws sts get-caller-identity # are these the credentials? And are clock and region right?',
      },
      noPassword: {
        outcome: 'failed',
        says: 'The password for the domain cannot be read: <why>',
        remedy:
          'aws secretsmanager list-secrets # then correct search.auth.secret, or allow secretsmanager:GetSecretValue on it',
      },
      password: {
        outcome: 'failed',
        says: 'The domain does not take the name and password: <why>',
        remedy:
          'aws secretsmanager put-secret-value --secret-id <secret> --secret-string file://password.txt # or correct search.auth.username',
      },
    },
  },
  DOMAIN_ACCESS: {
    topic: 'domain',
    title: 'the access policy of the domain, or that of the caller, lets the caller in',
    problems: {
      denied: {
        outcome: 'failed',
        says: 'AWS does not let the caller in: <why>',
        remedy:
          'Allow es:ESHttpGet, es:ESHttpPost, es:ESHttpPut and es:ESHttpDelete on the domain in the policy of the caller.',
      },
    },
  },
  INDICES_SELECTED: {
    topic: 'domain',
    title: 'the plan selects indices that exist',
    problems: {
      nothing: {
        outcome: 'failed',
        says: 'The plan selects no indices that can be backed up: <why>',
        remedy: 'Correct search.indices; system indices are always left out.',
      },
    },
  },
  ENGINE_VERSION: {
    topic: 'domain',
    title: 'the engine can read what the recovery points hold',
    problems: {
      tooOld: {
        outcome: 'failed',
        says: '<engine> cannot read what recovery point <point> holds, which was made by <maker>: <indices>.',
        remedy: 'aws opensearch upgrade-domain --domain-name <domain> --target-version <target>',
      },
      tooOldForSome: {
        outcome: 'warning',
        says: '<engine> cannot read what the older recovery point <point> holds, which was made by <maker>: <indices>.',
        remedy: 'aws opensearch upgrade-domain --domain-name <domain> --target-version <target>',
      },
    },
  },
  CLUSTER_HEALTH: {
    topic: 'domain',
    title: 'the cluster is not red',
    problems: {
      red: {
        outcome: 'failed',
        says: 'The cluster is red: <shards> shards have no place, and an index that lacks a primary cannot be backed up.',
        remedy: '(<curl> <endpoint>/_cluster/allocation/explain)',
      },
    },
  },
  SHARD_LIMIT: {
    topic: 'domain',
    title: 'the cluster takes more shards',
    problems: {
      near: {
        outcome: 'warning',
        says: 'The cluster has <shards> of the <limit> shards that it takes (cluster.max_shards_per_node <perNode> on <nodes> data nodes).',
        remedy: 'Delete indices that nobody needs, add a data node, or give the indices fewer shards.',
      },
      reached: {
        outcome: 'failed',
        says: 'The cluster has all the shards that it takes, <limit> (cluster.max_shards_per_node <perNode> on <nodes> data nodes): an index that is gone cannot be restored.',
        remedy: 'Delete indices that nobody needs, add a data node, or give the indices fewer shards.',
      },
    },
  },
} as const satisfies CheckSet;
