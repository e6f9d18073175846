import type { ClusterSettings } from '../../ports/cluster-settings.ts';
import { acknowledgedSchema } from './answers.ts';
import { setValuesSchema } from './cluster-answers.ts';
import type { SearchHttp } from './search-http.ts';

/** The settings of a cluster, in the flat form alone: a managed domain takes no other. */
export function clusterSettings(http: SearchHttp): ClusterSettings {
  const path = ['_cluster', 'settings'];
  return {
    async read(setting) {
      const query = { flat_settings: 'true', filter_path: 'transient,persistent' };
      const { transient, persistent } = await http.ask({ method: 'GET', path, query }, setValuesSchema);
      const [passing, staying] = [transient[setting], persistent[setting]];
      return passing === undefined
        ? { level: 'persistent', value: staying ?? null }
        : { level: 'transient', value: passing };
    },

    async write(setting, { level, value }) {
      await http.ask({ method: 'PUT', path, body: { [level]: { [setting]: value } } }, acknowledgedSchema);
    },
  };
}
