import picomatch from 'picomatch';

/**
 * Indices that belong to the engine, its dashboards or its plugins. They are never backed up or restored: under
 * fine-grained access control a restore that names one is refused whole. Not every dot index is one of them.
 */
const systemIndexPatterns = [
  '.kibana*',
  '.opensearch_dashboards*',
  '.reporting-*',
  '.apm-*',
  '.opendistro_security',
  '.opendistro-*',
  '.opendistro_*',
  '.opensearch-*',
  '.opensearch_*',
  '.plugins-*',
  '.ql-datasources',
  '.query_execution_request*',
  '.tasks*',
  '.replication-metadata-store',
  '.geospatial-*',
  '.scheduler-geospatial-*',
  '.job-scheduler-history',
  '.ltrstore*',
  'security-auditlog-*',
  'top_queries-*',
  '.security*',
  '.monitoring-*',
  '.watches*',
  '.async-search*',
];

const matches = picomatch(systemIndexPatterns, { dot: true });

export function isSystemIndex(name: string): boolean {
  return matches(name);
}
