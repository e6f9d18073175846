/** Starts an AWS and a search engine, tells both endpoints, and waits to be killed. */
import { startMiniStack } from '../../../sandbox/parts/ministack.ts';
import { startSearchEngine } from '../../../sandbox/parts/search-part.ts';
import { projectSandboxFolder } from '../../../sandbox/processes/context.ts';
import { SandboxRun } from '../../../sandbox/processes/run.ts';
import { systemClock } from '../../../shared/adapters/system-clock.ts';

const run = await SandboxRun.open({ folder: projectSandboxFolder, report: console.error, clock: systemClock });
const environment = async (endpoint: string) => ({ HANDED_ON: endpoint });
const [aws, search] = await Promise.all([startMiniStack(run, { environment }), startSearchEngine(run, 'opensearch')]);
console.log(JSON.stringify({ aws: aws.endpoint, search: search.endpoint }));
setInterval(() => run, 60_000);
