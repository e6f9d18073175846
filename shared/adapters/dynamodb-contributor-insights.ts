import {
  type DynamoDBClient,
  paginateListContributorInsights,
  UpdateContributorInsightsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ContributorInsights } from '../ports/contributor-insights.ts';
import { ask, understand } from './aws-call.ts';

const summarySchema = z
  .object({
    IndexName: z.string().optional(),
    ContributorInsightsStatus: z.string(),
    ContributorInsightsMode: z.enum(['ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS']).optional(),
  })
  .transform(({ IndexName: index, ContributorInsightsStatus: status, ContributorInsightsMode: mode }) => ({
    status,
    insights: { ...(index !== undefined && { index }), ...(mode !== undefined && { mode }) },
  }));

const modeSchema = summarySchema.in.shape.ContributorInsightsMode;
const refusals = { ResourceInUseException: 'NOT_READY', LimitExceededException: 'NOT_READY' } as const;

/** Contributor Insights of the tables of an account and region; one listing tells a table and all of its indexes. */
export function dynamodbContributorInsights(client: DynamoDBClient): ContributorInsights {
  return {
    list: (table) => {
      const what = `ListContributorInsights of table ${table}`;
      return ask(client, what, async () => {
        const summaries: z.output<typeof summarySchema>[] = [];
        for await (const page of paginateListContributorInsights({ client }, { TableName: table })) {
          summaries.push(...understand(z.array(summarySchema), page.ContributorInsightsSummaries ?? [], what));
        }
        return summaries.flatMap(({ status, insights }) => (/^ENABL/.test(status) ? [insights] : []));
      });
    },

    async enable(table, { index, mode }) {
      const command = new UpdateContributorInsightsCommand({
        TableName: table,
        IndexName: index,
        ContributorInsightsAction: 'ENABLE',
        ContributorInsightsMode: understand(modeSchema, mode, 'The mode of Contributor Insights'),
      });
      await ask(client, `UpdateContributorInsights of table ${table}`, () => client.send(command), refusals);
    },
  };
}
