import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { answerOf } from '../processes/answer.ts';
import { freePortRun, portRun } from '../processes/ports.ts';
import type { SandboxRun } from '../processes/run.ts';
import { type Place, type Server, startServer } from '../processes/server.ts';
import type { Engine } from './engines.ts';
import { administratorHeaders, securitySettings, writeSecurityFiles } from './security-plugin.ts';

export interface SearchServerOptions {
  engine: Engine;
  java: string;
  /** The folder of its jars. */
  jars: string;
  /** The JVM's flag that writes or reads the class archive. */
  archive: string;
  nodes: 1 | 2;
  /** How long it may take to end, where that is longer than usual. */
  graceMilliseconds?: number;
}

/**
 * Above most well-known ports, below those that systems hand out themselves, and none that the runner refuses or `fetch`
 * blocks: of its list (https://fetch.spec.whatwg.org/#port-blocking) 6697 is the last below 10080.
 */
const portRange = [6_700, 9_299] as const;

/** C1 and the serial collector: with the class archive a node is up in 2 to 3 seconds instead of 8 on 2 cores. */
const quickStart = ['-Xms256m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

const clusterHealth = z.object({ cluster_name: z.string(), number_of_nodes: z.number() });

/** Starts a cluster of its own. Snapshot repositories of type `fs` go below `<folder>/repositories`. */
export function startSearchServer(run: SandboxRun, options: SearchServerOptions): Promise<Server> {
  const { engine, java, nodes, graceMilliseconds } = options;
  return startServer(run, {
    name: engine.name,
    choosePorts: async () => {
      const first = await freePortRun(2 * nodes, portRange);
      return [first, ...portRun(first + 1, 2 * nodes - 1)];
    },
    prepare: async (place) => {
      const { conf, temporary } = foldersOf(place);
      await mkdir(conf);
      await mkdir(temporary);
      await writeFile(join(conf, engine.settingsFile), serverSettings(options, place));
      if (engine.secured) await writeSecurityFiles(options.jars, conf);
      return {
        command: java,
        args: [...javaArguments(options, place), engine.main, ...runnerArguments(options, place)],
        environment: { PATH: process.env.PATH, HOME: place.folder, AWS_EC2_METADATA_DISABLED: 'true' },
        ...(graceMilliseconds !== undefined && { graceMilliseconds }),
      };
    },
    isReady: async (place) => {
      const headers = engine.secured ? administratorHeaders : {};
      const answer = await answerOf(`http://127.0.0.1:${place.ports[0]}/_cluster/health`, headers);
      if (answer === undefined) return false;
      const health = clusterHealth.parse(JSON.parse(answer));
      return health.cluster_name === clusterName(place) && health.number_of_nodes === nodes;
    },
  });
}

function clusterName({ folder }: Place): string {
  return basename(folder);
}

function foldersOf({ folder }: Place) {
  const at = (name: string) => join(folder, name);
  return { conf: at('conf'), data: at('data'), temporary: at('tmp'), repositories: at('repositories') };
}

/** JSON is YAML. */
function serverSettings({ engine, nodes }: SearchServerOptions, place: Place): string {
  const transport = transportPorts(place, nodes);
  return JSON.stringify({
    'network.host': '127.0.0.1',
    'transport.port': transport.join(','),
    'path.repo': [foldersOf(place).repositories],
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...(engine.secured ? securitySettings : {}),
    ...(nodes === 1 ? { 'discovery.type': 'single-node' } : discovery(engine, transport)),
  });
}

/** The nodes look for each other at their own ports only, so that two clusters on one machine never meet. */
function discovery(engine: Engine, transport: number[]): Record<string, string[]> {
  return {
    'discovery.seed_hosts': transport.map((port) => `127.0.0.1:${port}`),
    [engine.firstManagers]: ['Node 1'],
  };
}

/** They lie behind those for HTTP. */
function transportPorts({ ports }: Place, nodes: number): number[] {
  return ports.slice(nodes);
}

/** Without `path.conf` the S3 plugin dies, and without the netty flag the node does not start. */
function javaArguments({ engine, jars, archive }: SearchServerOptions, place: Place): string[] {
  const { conf, temporary } = foldersOf(place);
  return [
    ...quickStart,
    archive,
    `-Djava.io.tmpdir=${temporary}`,
    `-D${engine.properties}.path.conf=${conf}`,
    `-D${engine.properties}.set.netty.runtime.available.processors=false`,
    '--enable-native-access=ALL-UNNAMED',
    ...engine.javaFlags,
    ...['-cp', join(jars, '*')],
  ];
}

/** The runner's nodes listen on its base port + 1, + 2 and so on. */
function runnerArguments({ engine, nodes }: SearchServerOptions, place: Place): string[] {
  const { conf, data } = foldersOf(place);
  return [
    ...['-basePath', data],
    ...['-confPath', conf],
    ...['-numOfNode', String(nodes)],
    ...['-baseHttpPort', String(place.ports[0] - 1)],
    ...['-clusterName', clusterName(place)],
    ...engine.runnerArguments,
  ];
}
