import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from '../processes/context.ts';
import { SandboxRun } from '../processes/run.ts';
import type { Server } from '../processes/server.ts';
import { type Engine, type EngineName, engines } from './engines.ts';
import { fetchedFolder } from './fetched-folder.ts';
import { fetchJars } from './jars.ts';
import { findJava } from './java.ts';
import { startSearchServer } from './search-server.ts';
import { makeCertificate } from './security-plugin.ts';

/** What is needed to start a search engine. */
interface SearchPart {
  java: string;
  jars: string;
  archive: string;
}

/**
 * Fetches a search engine, where it is not there yet. It is started once at the end: that shows that it works, and
 * writes the archive of its classes with which it starts three times as fast.
 *
 * @throws TandemError SANDBOX_JAVA_MISSING, SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED, SANDBOX_PART_FAILED
 */
export async function fetchSearchEngine(name: EngineName, context: SandboxContext): Promise<SearchPart> {
  const engine: Engine = engines[name];
  const java = await findJava();
  const pins = [await readFile(engine.jars, 'utf8')];
  const folder = await fetchedFolder(name, pins, context, async (half) => {
    context.report(`${name}: fetching ${engine.name}.`);
    await fetchJars(engine.jars, jarsOf(half), (jars) => context.report(`${name}: ${jars} jars fetched.`));
    if (engine.secured) await makeCertificate(jarsOf(half), context);
    context.report(`${name}: starting it once, so that later starts are quick.`);
    await writeArchive(engine, java, half, context);
    context.report(`${name}: ready.`);
  });
  return { java, jars: jarsOf(folder), archive: `-XX:SharedArchiveFile=${archiveOf(folder)}` };
}

/**
 * Starts a search engine of its own, and fetches it first where that was not done.
 *
 * @param nodes two make indices with a replica green.
 * @throws TandemError what `fetchSearchEngine` throws
 */
export async function startSearchEngine(run: SandboxRun, name: EngineName, nodes: 1 | 2 = 1): Promise<Server> {
  const part = await fetchSearchEngine(name, run.context);
  return startSearchServer(run, { engine: engines[name], nodes, ...part });
}

async function writeArchive(engine: Engine, java: string, half: string, context: SandboxContext): Promise<void> {
  const run = await SandboxRun.open(context);
  try {
    const archive = `-XX:ArchiveClassesAtExit=${archiveOf(half)}`;
    await startSearchServer(run, { engine, java, jars: jarsOf(half), archive, nodes: 1 });
  } finally {
    await run.stop();
  }
}

function jarsOf(folder: string): string {
  return join(folder, 'jars');
}

function archiveOf(folder: string): string {
  return join(folder, 'classes.jsa');
}
