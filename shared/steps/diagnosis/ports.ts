import type { Account } from '../../ports/account.ts';
import type { Buckets } from '../../ports/buckets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Deployment } from '../../ports/deployment.ts';
import type { EncryptionKeys } from '../../ports/encryption-keys.ts';
import type { EndpointProbe } from '../../ports/endpoint-probe.ts';
import type { Identities } from '../../ports/identities.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { Quotas } from '../../ports/quotas.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { Tables } from '../../ports/tables.ts';

/** All that the doctor looks at. It changes nothing through any of them. */
export interface DiagnosisPorts {
  account: Account;
  region: () => Promise<string>;
  identities: Identities;
  keys: EncryptionKeys;
  buckets: Buckets;
  deployment: Deployment;
  quotas: Quotas;
  tables: Pick<Tables, 'list' | 'describe' | 'tags' | 'pointInTimeRecovery'>;
  probe: EndpointProbe;
  connectSearch: ConnectSearch;
  openCatalog: OpenCatalog;
  openSnapshotBucket: OpenCatalog;
  clock: Clock;
}
