// The Serverless Framework loads CommonJS only: this is the door to the TypeScript beside it.
const { CloudFormationClient, paginateListStackResources } = require('@aws-sdk/client-cloudformation');
const { GetRoleCommand, IAMClient } = require('@aws-sdk/client-iam');
const { HeadBucketCommand, S3Client } = require('@aws-sdk/client-s3');

/** Looks, before a deployment touches anything, whether it would come to what the plan file says. */
module.exports = class BeforeDeploy {
  constructor(serverless, options) {
    this.serverless = serverless;
    this.options = options;
    const isDeploy = serverless.processedInput.commands.join(' ') === 'deploy';
    this.hooks = {
      initialize: () => isDeploy && this.told(() => this.refuseUnnamedRegion()),
      'before:aws:deploy:deploy:createStack': () => this.told(() => this.refuse()),
    };
  }

  /** What is thrown, as the framework shows it. */
  async told(look) {
    try {
      await look();
    } catch (error) {
      if (error.remedy === undefined) throw error;
      throw new this.serverless.classes.Error(`${error.message}\n${error.remedy}`, error.code);
    }
  }

  async refuseUnnamedRegion() {
    const { refuseUnnamedRegion } = await import('./deployed-region.ts');
    refuseUnnamedRegion(this.options.region ?? process.env.AWS_REGION);
  }

  async refuse() {
    const { refuseOtherRegion } = await import('./deployed-region.ts');
    const { refuseTakenNames } = await import('./taken-names.ts');
    const provider = this.serverless.getProvider('aws');
    const { Resources: resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    refuseOtherRegion(resources, provider.getRegion());
    const config = await provider.getAwsSdkV3Config();
    await refuseTakenNames(resources, {
      stack: await namesIn(provider.naming.getStackName(), new CloudFormationClient(config)),
      has: lookFor(bucketClient(config), new IAMClient(config)),
    });
  }
};

/** Follows a bucket to its region. With an endpoint of its own (an emulator) the bucket goes into the path. */
function bucketClient(config) {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env;
  const forcePathStyle = (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined;
  return new S3Client({ ...config, forcePathStyle, followRegionRedirects: true });
}

async function namesIn(StackName, client) {
  const names = new Map();
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
        // What the stack gave up and kept, as after a first deployment that failed, is not its own any more.
        if (!/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus)) names.set(LogicalResourceId, PhysicalResourceId);
      }
    }
    return names;
  } catch (error) {
    if (/does not exist/.test(error.message)) return names;
    throw error;
  }
}

/** Whoever may not look learns it from CloudFormation, as for a bucket of another account. */
function lookFor(s3, iam) {
  const looks = {
    'AWS::S3::Bucket': (Bucket) => s3.send(new HeadBucketCommand({ Bucket })),
    'AWS::IAM::Role': (RoleName) => iam.send(new GetRoleCommand({ RoleName })),
  };
  return async (type, name) => {
    try {
      await looks[type](name);
      return true;
    } catch (error) {
      const status = error.$metadata?.httpStatusCode;
      if (status === 403 || status === 404) return false;
      throw error;
    }
  };
}
