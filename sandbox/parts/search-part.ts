import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxRun } from '../processes/run.ts';
import type { Server } from '../processes/server.ts';
import { writeClassArchive } from './class-archive.ts';
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
 * Fetches a search engine, where it is not there yet, and makes the archive of its classes.
 *
 * @throws TandemError SANDBOX_JAVA_MISSING, SANDBOX_PYTHON_MISSING, SANDBOX_DOWNLOAD_FAILED, SANDBOX_PART_FAILED
 */
export async function fetchSearchEngine(name: EngineName, run: SandboxRun): Promise<SearchPart> {
  const engine: Engine = engines[name];
  const java = await findJava();
  const pins = [await readFile(engine.jars, 'utf8')];
  const folder = await fetchedFolder(name, pins, run, async (half) => {
    const { report } = run.context;
    report(`${name}: fetching ${engine.name}.`);
    await fetchJars(run, engine.jars, jarsOf(half), (jars) => report(`${name}: ${jars} jars fetched.`));
    if (engine.secured) await makeCertificate(run, jarsOf(half));
    report(`${name}: starting it once, so that later starts are quick.`);
    await writeClassArchive(run, archiveOf(half), { engine, java, jars: jarsOf(half) });
    report(`${name}: ready.`);
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
  const part = await fetchSearchEngine(name, run);
  return startSearchServer(run, { engine: engines[name], nodes, ...part });
}

function jarsOf(folder: string): string {
  return join(folder, 'jars');
}

function archiveOf(folder: string): string {
  return join(folder, 'classes.jsa');
}
