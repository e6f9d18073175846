import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { awsError } from '../adapters/aws-errors.ts';
import { connectOpenSearch, inspectOpenSearch } from '../adapters/opensearch/connect-opensearch.ts';
import { secretsManagerSecrets } from '../adapters/secrets-manager-secrets.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { InspectDomain } from '../ports/domain-inspection.ts';
import type { ConnectSearch } from '../ports/search-domain.ts';

/** How the SDK finds region and credentials. Every function has this client anyway; another chain would cost its size. */
function sdk() {
  return new S3Client(awsClientOptions).config;
}

/** @returns what answers the region, or throws TandemError REGION_MISSING */
export function composeRegion(): () => Promise<string> {
  const { region } = sdk();
  return async () => {
    try {
      return await region();
    } catch (error) {
      throw awsError(error, 'Looking for the region');
    }
  };
}

/** @param deadlineSeconds how long a request may take with all its attempts */
function sources(deadlineSeconds: number | undefined) {
  const { credentials } = sdk();
  return {
    credentials: () => credentials(),
    region: composeRegion(),
    secrets: secretsManagerSecrets(new SecretsManagerClient(awsClientOptions)),
    clock: systemClock,
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
  };
}

export function composeSearch(deadlineSeconds?: number): ConnectSearch {
  return connectOpenSearch(sources(deadlineSeconds));
}

export function composeInspection(deadlineSeconds?: number): InspectDomain {
  return inspectOpenSearch(sources(deadlineSeconds));
}
