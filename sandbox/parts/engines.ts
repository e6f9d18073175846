import { join } from 'node:path';

/** What sets a search engine of the sandbox apart from another one. */
export interface Engine {
  /** For people. */
  name: string;
  /** The lock of its jars. */
  jars: string;
  /** The runner's main class. */
  main: string;
  /** The prefix of its system properties. */
  properties: string;
  settingsFile: string;
  /** The setting that names the nodes among which a new cluster of several elects its first manager. */
  firstManagers: string;
  javaFlags: string[];
  runnerArguments: string[];
  /** Whether it has the security plugin, and so fine-grained access control. */
  secured: boolean;
}

const locks = join(import.meta.dirname, '../jars');

/** The runners are those of org.codelibs, which start the real server's nodes in one JVM. */
export const engines = {
  opensearch: {
    name: 'OpenSearch',
    jars: join(locks, 'opensearch.txt'),
    main: 'org.codelibs.opensearch.runner.OpenSearchRunner',
    properties: 'opensearch',
    settingsFile: 'opensearch.yml',
    firstManagers: 'cluster.initial_cluster_manager_nodes',
    // The repository plugin takes the access key of its bucket from the repository's settings only if this is allowed.
    javaFlags: ['-Dopensearch.allow_insecure_settings=true', '--add-modules=jdk.incubator.vector'],
    runnerArguments: ['-pluginTypes', 'org.opensearch.repositories.s3.S3RepositoryPlugin'],
    secured: false,
  },
  // An older one, of which there are both the runner and the plugin. There is no S3 plugin of it: its repositories are folders.
  'secured-opensearch': {
    name: 'Secured-OpenSearch',
    jars: join(locks, 'secured-opensearch.txt'),
    main: 'org.codelibs.opensearch.runner.OpenSearchRunner',
    properties: 'opensearch',
    settingsFile: 'opensearch.yml',
    firstManagers: 'cluster.initial_cluster_manager_nodes',
    javaFlags: ['--add-modules=jdk.incubator.vector'],
    runnerArguments: ['-pluginTypes', 'org.opensearch.security.OpenSearchSecurityPlugin'],
    secured: true,
  },
  elasticsearch: {
    name: 'Elasticsearch',
    jars: join(locks, 'elasticsearch.txt'),
    main: 'org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner',
    properties: 'es',
    settingsFile: 'elasticsearch.yml',
    firstManagers: 'cluster.initial_master_nodes',
    javaFlags: [],
    runnerArguments: [],
    secured: false,
  },
} satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
