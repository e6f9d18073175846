import type { Domain } from '../../shared/ports/domains.ts';

/** `OpenSearch 2.11, fine-grained access control, in a VPC` */
export function aboutDomain({ engine, access, vpc }: Pick<Domain, 'engine' | 'access' | 'vpc'>): string {
  const who = access === 'iam' ? 'access by IAM' : 'fine-grained access control';
  return `${engine}, ${who}${vpc === undefined ? '' : ', in a VPC'}`;
}
