import { checksPage } from './checks-page.ts';
import { costPage } from './cost/page.ts';
import { errorsPage } from './errors-page.ts';
import { faultsPage } from './faults/page.ts';
import { runbookPage } from './runbook-page.ts';
import { securityPage } from './security/page.ts';
import { stateMachinesPage } from './state-machines/page.ts';

/** The pages of this folder that are made, wholly or in part, from what they are about. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'checks.md': checksPage,
  'cost.md': costPage,
  'errors.md': errorsPage,
  'faults.md': faultsPage,
  'runbook.md': runbookPage,
  'security.md': securityPage,
  'state-machines.md': stateMachinesPage,
};
