import { GetServiceQuotaCommand, type ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import * as z from 'zod';
import type { Quotas } from '../ports/quotas.ts';
import { ask, understand } from './aws-call.ts';

/** "Maximum number of tables", 2,500 where nobody asked for more. */
const tables = { ServiceCode: 'dynamodb', QuotaCode: 'L-F98FE922' };

/** The quotas of an account and region. */
export function serviceQuotas(client: ServiceQuotasClient): Quotas {
  return {
    async tables() {
      const what = `GetServiceQuota ${tables.QuotaCode}`;
      const answer = await ask(client, what, () => client.send(new GetServiceQuotaCommand(tables)));
      return understand(z.number(), answer.Quota?.Value, what);
    },
  };
}
