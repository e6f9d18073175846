import { endpointSchema } from '../contracts/endpoint.ts';
import type { SearchPlan } from '../contracts/plan-file.ts';
import {
  domainTypes,
  tableType,
  type WebinyOutputs,
  type WebinyResource,
  webinyDomainSchema,
  webinyFunctionInVpcSchema,
} from '../contracts/webiny-state.ts';
import type { Domain } from '../ports/domains.ts';
import { domainAt } from './domain-address.ts';
import { indexPrefixIn, madeOf, unusable } from './webiny-state.ts';

/** The search domain of a Webiny application. */
export interface WebinySearch {
  endpoint: string;
  /** The name of the domain. */
  domain: string;
  /** Of the functions that talk to it; undefined where the domain is in none, or the state does not tell. */
  vpc: SearchPlan['vpc'];
  /** Undefined where the state does not tell. */
  about: Pick<Domain, 'engine' | 'access'> | undefined;
  /** Whether the deployment did not make the domain, which others may use then too. */
  isForeign: boolean;
  /** What the names of the application's indices begin with, where the state tells. */
  indexPrefix: string | undefined;
}

/**
 * The domain, unless the application has tables alone; 5.x does not say which of both it is, but by what it has.
 *
 * @throws TandemError WEBINY_STATE_UNUSABLE where the outputs tell half of a domain
 */
export function webinySearch(
  outputs: WebinyOutputs,
  { core, api }: { core: WebinyResource[]; api: WebinyResource[] },
  file: string,
): WebinySearch | undefined {
  if (outputs.databaseSetup === 'ddb') return undefined;
  const table = outputs.opensearchDynamodbTableName ?? outputs.elasticsearchDynamodbTableName;
  const host = outputs.opensearchDomainEndpoint ?? outputs.elasticsearchDomainEndpoint;
  const arn = outputs.opensearchDomainArn ?? outputs.elasticsearchDomainArn;
  const isExpected = outputs.databaseSetup === 'ddb+os' || table !== undefined || arn !== undefined;
  if (!isExpected && host === undefined) return undefined;
  if (host === undefined || table === undefined) {
    const lacking = host === undefined ? 'the endpoint of its domain' : 'the name of its search table';
    throw unusable(file, `it has a search domain, but its outputs lack ${lacking}`);
  }
  const { data: endpoint } = endpointSchema.safeParse(host.includes('://') ? host : `https://${host}`);
  if (endpoint === undefined) throw unusable(file, `the endpoint of its domain is no address: ${host}`);
  const known = knownDomain(core, host);
  const made = madeOf([...core, ...api]);
  return {
    endpoint,
    domain: outputs.opensearchDomainName ?? arn?.split('/')[1] ?? domainAt(endpoint)?.name ?? host,
    // The domain lets Webiny's own functions in. The outputs tell a network that Webiny made even where another is used.
    vpc: vpcOfFunctions(made, host) ?? known?.vpc ?? vpcOf(outputs.vpcPrivateSubnetIds, outputs.vpcSecurityGroupIds),
    about: known?.about,
    isForeign: isForeign(madeOf(core)),
    indexPrefix: indexPrefixIn(made),
  };
}

/** The domain of that address, where the deployment made it or reads it. */
function knownDomain(resources: WebinyResource[], host: string): Pick<WebinySearch, 'vpc' | 'about'> | undefined {
  const domains = resources.flatMap((resource) => webinyDomainSchema.safeParse(resource).data?.outputs ?? []);
  const known = domains.find(({ endpoint }) => endpoint === host);
  if (known === undefined) return undefined;
  const { engineVersion, elasticsearchVersion, advancedSecurityOptions: security, vpcOptions: network } = known;
  const engine = engineVersion?.replace('_', ' ') ?? (elasticsearchVersion && `Elasticsearch ${elasticsearchVersion}`);
  const access = security?.enabled === true ? 'fine-grained' : 'iam';
  return {
    vpc: vpcOf(network?.subnetIds, network?.securityGroupIds),
    about: engine === undefined ? undefined : { engine, access },
  };
}

/** The network of the functions that talk to the domain of that address. */
function vpcOfFunctions(resources: WebinyResource[], host: string): SearchPlan['vpc'] {
  const inVpc = resources.flatMap((resource) => webinyFunctionInVpcSchema.safeParse(resource).data?.outputs ?? []);
  const talking = inVpc.find(({ environment }) => Object.values(environment.variables).includes(host));
  return vpcOf(talking?.vpcConfig.subnetIds, talking?.vpcConfig.securityGroupIds);
}

/** A state that lists what was made, but no domain; outputs alone list nothing. */
function isForeign(resources: WebinyResource[]): boolean {
  const types = new Set(resources.map(({ type }) => type));
  return types.has(tableType) && !domainTypes.some((type) => types.has(type));
}

function vpcOf(subnets: string[] = [], securityGroups: string[] = []): SearchPlan['vpc'] {
  return subnets.length > 0 && securityGroups.length > 0 ? { subnets, securityGroups } : undefined;
}
