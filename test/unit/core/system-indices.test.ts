import { expect, test } from 'vitest';
import { isSystemIndex } from '../../../shared/core/system-indices.ts';

test.for([
  '.kibana',
  '.kibana_7.10.2_001',
  '.opensearch_dashboards_1',
  '.opendistro_security',
  '.opendistro-ism-config',
  '.opensearch-observability',
  '.plugins-ml-config',
  '.tasks',
  '.security-7',
  '.async-search',
  'security-auditlog-2026.11.22',
  'top_queries-2026.11.22-00000',
])('%s belongs to the engine', (name) => {
  expect(isSystemIndex(name)).toBe(true);
});

test.for(['orders', '.notes', '.ds-logs-000001', 'kibana', 'my.kibana', 'security-audit', 'top_queries'])(
  '%s belongs to the user',
  (name) => {
    expect(isSystemIndex(name)).toBe(false);
  },
);
