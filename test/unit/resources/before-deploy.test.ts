import { createRequire } from 'node:module';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Scripted, startScriptedServer } from '../../support/scripted-server.ts';
import { templateOf } from '../../support/template-of.ts';

type Plugin = new (serverless: object, options: object) => { hooks: Record<string, () => Promise<void>> };
const BeforeDeploy: Plugin = createRequire(import.meta.url)('../../../resources/before-deploy.cjs');

const code = 'ValidationError';
const noStack = {
  status: 400,
  text: `<ErrorResponse><Error><Code>${code}</Code><Message>Stack tandem does not exist</Message></Error></ErrorResponse>`,
};

/** Deploys tables alone into us-east-1, where S3 answers so for the bucket of the catalog. */
async function deploy(...ofBucket: Scripted[]) {
  const server = await startScriptedServer(noStack, ...ofBucket);
  onTestFinished(() => server.stop());
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  const { resources: Resources } = templateOf({ shop: { tables: { include: ['*'] } } });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const provider = {
    getRegion: () => 'us-east-1',
    naming: { getStackName: () => 'tandem' },
    getAwsSdkV3Config: async () => ({ region: 'us-east-1', credentials, maxAttempts: 1 }),
  };
  const serverless = {
    classes: { Error },
    processedInput: { commands: ['deploy'] },
    service: { provider: { compiledCloudFormationTemplate: { Resources } } },
    getProvider: () => provider,
  };
  await new BeforeDeploy(serverless, {}).hooks['before:aws:deploy:deploy:createStack']?.();
}

test.for([301, 400])('a bucket of another region, for which S3 answers %d, is found to be there', async (status) => {
  const elsewhere = { status, headers: { 'x-amz-bucket-region': 'eu-west-1' } };

  await expect(deploy(elsewhere, {})).rejects.toThrow('The bucket the-catalog is there already');
});

test.for([403, 404])('a bucket for which S3 answers %d is left to CloudFormation', async (status) => {
  await expect(deploy({ status })).resolves.toBeUndefined();
});
