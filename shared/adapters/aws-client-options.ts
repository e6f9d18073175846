/**
 * What every client of an AWS service is made with, besides region, credentials and endpoint, which the SDK finds by
 * itself. Without a limit a request that is never answered would hang until its function is killed.
 */
export const awsClientOptions = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
} as const;
