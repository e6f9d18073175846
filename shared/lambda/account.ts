import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { iamIdentities } from '../adapters/iam-identities.ts';
import { lambdaDeployedFunctions } from '../adapters/lambda-deployed-functions.ts';
import { openSearchServiceDomainConfigurations } from '../adapters/opensearch-service-domain-configurations.ts';
import { secretsManagerSecrets } from '../adapters/secrets-manager-secrets.ts';
import type { DeployedFunctions } from '../ports/deployed-functions.ts';
import type { DomainConfigurations } from '../ports/domain-configuration.ts';
import type { Identities } from '../ports/identities.ts';
import type { Secrets } from '../ports/secrets.ts';

/** Longer than any function of Tandem that is waited for may run. */
const longestCall = { requestHandler: { ...awsClientOptions.requestHandler, requestTimeout: 310_000 } };

export function composeIdentities(): Identities {
  return iamIdentities(new IAMClient(awsClientOptions));
}

export function composeDomainConfigurations(): DomainConfigurations {
  return openSearchServiceDomainConfigurations((region) => new OpenSearchClient({ ...awsClientOptions, region }));
}

export function composeDeployedFunctions(): DeployedFunctions {
  return lambdaDeployedFunctions(new LambdaClient({ ...awsClientOptions, ...longestCall }));
}

export function composeSecrets(): Secrets {
  return secretsManagerSecrets(new SecretsManagerClient(awsClientOptions));
}
