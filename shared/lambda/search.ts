import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { awsError } from '../adapters/aws-errors.ts';
import { connectOpenSearch } from '../adapters/opensearch/connect-opensearch.ts';
import { secretsManagerSecrets } from '../adapters/secrets-manager-secrets.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { ConnectSearch } from '../ports/search-domain.ts';

/** Everything here goes by the client that is there for passwords: how the SDK finds region and credentials as well. */
function sdk(): SecretsManagerClient {
  return new SecretsManagerClient(awsClientOptions);
}

/** @returns what answers the region, or throws TandemError REGION_MISSING */
export function composeRegion({ config } = sdk()): () => Promise<string> {
  return async () => {
    try {
      return await config.region();
    } catch (error) {
      throw awsError(error, 'Looking for the region');
    }
  };
}

/** @param deadlineSeconds how long a request may take with all its attempts */
export function composeSearch(deadlineSeconds?: number): ConnectSearch {
  const client = sdk();
  return connectOpenSearch({
    credentials: () => client.config.credentials(),
    region: composeRegion(client),
    secrets: secretsManagerSecrets(client),
    clock: systemClock,
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
  });
}
