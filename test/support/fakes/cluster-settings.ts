import type { ClusterSettings } from '../../../shared/ports/cluster-settings.ts';
import type { Faults } from './faults.ts';
import type { FakeCluster } from './search-cluster.ts';

export type SettingsOperation = `settings.${keyof ClusterSettings}`;

/** The settings of a cluster in memory. The target of a fault is the setting. */
export function fakeClusterSettings(
  cluster: FakeCluster,
  faults: Pick<Faults<SettingsOperation>, 'run'>,
): ClusterSettings {
  return {
    read: async (setting) =>
      faults.run('settings.read', setting, () => {
        const { transient, persistent } = cluster.settings;
        const passing = transient.get(setting);
        return passing === undefined
          ? { level: 'persistent', value: persistent.get(setting) ?? null }
          : { level: 'transient', value: passing };
      }),
    write: async (setting, { level, value }) =>
      faults.run('settings.write', setting, () => {
        if (value === null) cluster.settings[level].delete(setting);
        else cluster.settings[level].set(setting, value);
      }),
  };
}
