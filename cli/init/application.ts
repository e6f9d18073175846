import type { SearchPlan, TableSelection } from '../../shared/contracts/plan-file.ts';
import type { AccountIdentity } from '../../shared/ports/account.ts';

/** What is to be backed up together, as it was found. */
export interface Application {
  account: Pick<AccountIdentity, 'id' | 'partition' | 'region'>;
  /** Set where the environment may name another region, which the commands that follow would go to. */
  regionToSet: string | undefined;
  /** What its plan is called where nobody says otherwise. */
  usualName: string;
  tables: TableSelection | undefined;
  /** Those that the selection takes now. */
  tableNames: string[];
  search: ApplicationSearch | undefined;
  /** What belongs to it and is in no recovery point. */
  outside: { what: string; id: string }[];
  /** What somebody has to look at still. */
  warnings: string[];
}

export interface ApplicationSearch {
  domain: string;
  endpoint: string;
  vpc: SearchPlan['vpc'];
  /** Its engine and who may use it, where that is known. */
  about: string | undefined;
  /** The index patterns that are taken where nobody says otherwise. */
  usualIndices: string[];
}

/** What options and answers call the side that there is not. */
export const none = 'none';
