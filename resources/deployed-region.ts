import { TandemError } from '../shared/errors/tandem-error.ts';

/** Keys and topics serve what is in their own region alone. */
const ofOneRegion = /arn:aws[a-z-]*:(?:kms|sns):(?<of>[a-z0-9-]+):\d{12}:[^"]+/g;

/**
 * Refuses a deployment to a region that nobody named, where none of the plans' tables may be.
 *
 * @param named the region that the command or the environment names
 * @throws TandemError REGION_MISSING
 */
export function refuseUnnamedRegion(named: string | undefined): void {
  if (named !== undefined && named !== '') return;
  throw new TandemError('REGION_MISSING', 'Nobody says which region to deploy to.', {
    remedy: 'Give that of the tables: npm run deploy -- --stage prod --region eu-west-1, or set AWS_REGION.',
  });
}

/**
 * Refuses a deployment to another region than that of its key or its topics, which AWS says only when half of it is made.
 *
 * @throws TandemError PLAN_FILE_INVALID
 */
export function refuseOtherRegion(template: object, region: string): void {
  for (const { 0: arn, groups } of JSON.stringify(template).matchAll(ofOneRegion)) {
    if (groups?.of === region) continue;
    throw new TandemError('PLAN_FILE_INVALID', `${arn} is not in ${region}, which is deployed to.`, {
      remedy: 'Name a key or a topic of the region that is deployed to, or deploy to that of the tables with --region.',
    });
  }
}
