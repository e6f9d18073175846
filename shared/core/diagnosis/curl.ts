import type { SearchPlan } from '../../contracts/plan-file.ts';
import { regionOfDomain } from '../domain-address.ts';
import { shellWord } from '../shell-word.ts';

/** The beginning of a command of a remedy, which a shell is to read as it is. */
export interface Command {
  command: string;
}

/** Of credentials that are there for a while alone; not even the header where there is none, for curl would sign it. */
const sessionToken = `\${AWS_SESSION_TOKEN:+-H} \${AWS_SESSION_TOKEN:+"x-amz-security-token: $AWS_SESSION_TOKEN"}`;

/**
 * Asks the domain of a plan, authorized as the plan's own requests are. Version 2 of the AWS command line tells the keys of
 * a profile; with version 1 they have to be in the environment already. They are exported: the remedies put brackets around
 * the command, so that they do not stay in the shell that it is pasted into.
 *
 * @param region where the domain is, unless its address tells
 */
export function curlOf({ auth, endpoint }: Pick<SearchPlan, 'auth' | 'endpoint'>, region: string): Command {
  const place = regionOfDomain(new URL(endpoint).hostname) ?? region;
  switch (auth.type) {
    case 'none':
      return { command: 'curl' };
    case 'basic':
      return { command: `curl --user ${shellWord(auth.username)}` };
    case 'sigv4':
      return {
        command: `eval "$(aws configure export-credentials --format env 2>/dev/null)"; curl --aws-sigv4 aws:amz:${place}:es --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ${sessionToken}`,
      };
  }
}
