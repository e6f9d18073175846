import type { ReadPlanFile } from '../shared/core/plan-file.ts';
import { alertTopics, subscriptions } from './alert-subscriptions.ts';
import { bucketArn } from './arn.ts';
import { catalogBucket } from './catalog-bucket.ts';
import { dashboard } from './dashboard.ts';
import { domainNetwork, networkAccess } from './domain-network.ts';
import { encryption } from './encryption.ts';
import { extensions } from './extensions.ts';
import { keyAccess } from './key-access.ts';
import { refuseTooMuch } from './limits.ts';
import { ageSchedules, schedules } from './plan-schedules.ts';
import { rarePlans, recoveryPointAlarms } from './recovery-point-alarms.ts';
import { searchAccess } from './search-access.ts';
import { serviceAlarms } from './service-alarms.ts';
import { setUpAccess } from './set-up-access.ts';
import { snapshotBucketOutputs, snapshotBuckets } from './snapshot-buckets.ts';
import { snapshotRoleOutputs, snapshotRoles } from './snapshot-roles.ts';
import { tableAccess } from './table-access.ts';
import type { TemplateResource } from './template-resource.ts';
import { writerAccess } from './writer-access.ts';

/** Everything in the template that depends on the plan file. @throws TandemError PLAN_FILE_INVALID */
export function planResources(planFile: ReadPlanFile) {
  const plans = Object.values(planFile.plans);
  const topics = [{ Ref: 'AlertTopic' }, ...alertTopics(plans)];
  const { bucket } = planFile.catalog;
  const Resources = resourcesOf(planFile, topics);
  const Outputs = outputsOf(planFile);
  refuseTooMuch({ Resources, Outputs }, plans.length);
  return {
    catalogArn: bucketArn(bucket),
    /** Everything in the catalog. */
    catalogObjects: bucketArn(`${bucket}/*`),
    ledgers: bucketArn(`${bucket}/ledgers/*`),
    recoveryPoints: bucketArn(`${bucket}/recovery-points/*`),
    safetyPoints: bucketArn(`${bucket}/recovery-points/*/*-safety/manifest.json`),
    encryption: encryption(planFile.kmsKey),
    /** Of the functions that talk to a search domain. */
    network: domainNetwork(planFile),
    /** Every topic that a run may tell its failure on. */
    topics,
    resources: { Resources, extensions: extensions(planFile.kmsKey), Outputs },
  };
}

function outputsOf(planFile: ReadPlanFile) {
  return {
    Catalog: { Description: "The bucket of the recovery points' manifests", Value: planFile.catalog.bucket },
    ...snapshotBucketOutputs(planFile),
    ...snapshotRoleOutputs(planFile),
  };
}

function resourcesOf(planFile: ReadPlanFile, topics: unknown[]): Record<string, TemplateResource> {
  const plans = Object.values(planFile.plans);
  return {
    ...catalogBucket(planFile),
    ...snapshotBuckets(planFile),
    ...snapshotRoles(planFile),
    ...tableAccess(plans),
    ...writerAccess(plans),
    ...keyAccess(planFile),
    ...searchAccess(plans),
    ...setUpAccess(plans),
    ...networkAccess(planFile),
    ...schedules(planFile.plans),
    ...ageSchedules(planFile.plans),
    ...subscriptions(plans),
    ...serviceAlarms(topics),
    ...recoveryPointAlarms(planFile.plans),
    Dashboard: dashboard(Object.keys(planFile.plans), rarePlans(planFile.plans)),
  };
}
