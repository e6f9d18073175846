import type { SearchPlan } from '../contracts/plan-file.ts';

/** A search domain, as the service that runs it describes it. */
export interface Domain {
  name: string;
  /** Its address, with https://; none while the domain is being made or deleted. */
  endpoint: string | undefined;
  /** `OpenSearch 2.11` or `Elasticsearch 7.10`. */
  engine: string;
  /** Who decides on a request: IAM alone, or the security plugin of the domain (fine-grained access control) after it. */
  access: 'iam' | 'fine-grained';
  /** The private network that the domain is in, and its own security groups there. */
  vpc: SearchPlan['vpc'];
}

/** The search domains of an account and region. Read only, may be retried. Throws as the other AWS ports do. */
export interface Domains {
  /** Every domain, in the order of the alphabet. */
  list(): Promise<Domain[]>;
}
