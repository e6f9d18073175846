import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { PipesClient } from '@aws-sdk/client-pipes';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { awsStreamReferences } from '../adapters/aws-stream-references.ts';
import type { StreamReferences } from '../ports/stream-references.ts';

export function composeStreamReferences(): StreamReferences {
  return awsStreamReferences(new PipesClient(awsClientOptions), new CloudFormationClient(awsClientOptions));
}
