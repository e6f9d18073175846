import { describe, expect, it } from 'vitest';
import { definitionDifferences } from '../../shared/core/index-definition.ts';
import { captureDefinitions } from '../../shared/steps/capture-indices.ts';
import { whenReady } from '../support/eventually.ts';
import { searchEngines } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

describe.each(searchEngines)('settings of indices: $name', (subject) => {
  const trial = searchTrial(subject);
  const engine = subject.engine();

  it('cannot count what must not be read', async () => {
    const [readable, blocked] = [await trial.newIndex({ documents: 1 }), await trial.newIndex({ documents: 1 })];
    await engine.setSettings(blocked, { 'index.blocks.read': true });

    const records = await trial.search.indices.describe([readable, blocked]);

    expect(Object.fromEntries(records.map(({ name, open, documents }) => [name, { open, documents }]))).toEqual({
      [readable]: { open: true, documents: 1 },
      [blocked]: { open: true, documents: null },
    });
  });

  it('lists all the same where its metadata must not be read', async () => {
    const name = await trial.newIndex();
    await engine.setSettings(name, { 'index.blocks.metadata': true });

    expect(await trial.search.indices.list()).toContain(name);
    await expect(trial.search.indices.describe([name])).rejects.toMatchObject({ code: 'INDEX_BLOCKED' });

    await engine.setSettings(name, { 'index.blocks.metadata': null });
  });

  it('knows every block that keeps an index from being deleted, and no other', async () => {
    const blocks = ['metadata', 'read_only_allow_delete', 'read', 'write'];
    const names = new Map<string, string>();
    for (const block of blocks) names.set(block, await trial.newIndex());
    for (const [block, name] of names) await engine.setSettings(name, { [`index.blocks.${block}`]: true });

    const undeletable = await trial.search.indices.undeletable();

    expect(blocks.filter((block) => undeletable.includes(names.get(block) ?? ''))).toEqual(['metadata']);
    for (const [block, name] of names) {
      const deleted = trial.search.indices.delete([name]);
      await (block === 'metadata' ? expect(deleted).rejects.toMatchObject({ code: 'INDEX_BLOCKED' }) : deleted);
    }
    await engine.setSettings(names.get('metadata') ?? '', { 'index.blocks.metadata': null });
  });

  it('brings settings and mappings back as they were', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex({ documents: 2, primaries: 2, replicas: 1, aliases: { [nameOf('alias')]: {} } });
    const before = await captureDefinitions([index], trial.search.indices);
    const { name } = await trial.newSnapshot(repository, [index]);
    await engine.setSettings(index, { 'index.max_result_window': 17 });
    const changed = await captureDefinitions([index], trial.search.indices);
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await trial.search.snapshots.restore(repository, name, [index]);
    await trial.recovered(index, ({ primariesDone }) => primariesDone === 2);

    const restored = await captureDefinitions([index], trial.search.indices);
    expect(definitionDifferences(before.get(index), restored.get(index))).toEqual([]);
    expect(definitionDifferences(before.get(index), changed.get(index))).toEqual([
      { what: 'settings', expected: 'index.max_result_window none', found: 'index.max_result_window "17"' },
    ]);
  });

  it('brings them back over a closed index, though that gets a history of its own', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex({ documents: 2, primaries: 2 });
    const before = await captureDefinitions([index], trial.search.indices);
    const { name } = await trial.newSnapshot(repository, [index]);
    await whenReady(trial.search, () => trial.search.indices.close([index]));

    await trial.search.snapshots.restore(repository, name, [index]);
    await trial.recovered(index, ({ primariesDone }) => primariesDone === 2);

    const setups = await trial.search.indices.setups([index]);
    expect(setups.get(index)?.settings).toHaveProperty(['index.history.uuid']);
    const restored = await captureDefinitions([index], trial.search.indices);
    expect(definitionDifferences(before.get(index), restored.get(index))).toEqual([]);
  });

  it('brings every setting back but one that pins an index to a node', async () => {
    const repository = await trial.newRepository();
    const index = await trial.newIndex();
    const kept = {
      'index.blocks.read_only': true,
      'index.blocks.write': true,
      'index.routing.allocation.exclude.zone': 'z',
      'index.routing.allocation.total_shards_per_node': 7,
      'index.refresh_interval': '17s',
    };
    await engine.setSettings(index, { ...kept, 'index.routing.allocation.require._name': 'a node that is gone' });
    const { name } = await trial.newSnapshot(repository, [index]);
    await engine.setSettings(index, { 'index.blocks.read_only': null });
    await whenReady(trial.search, () => trial.search.indices.delete([index]));

    await trial.search.snapshots.restore(repository, name, [index]);
    await trial.recovered(index, ({ health }) => health === 'green');

    const settings = JSON.stringify(await engine.settingsOf(index));
    for (const [setting, value] of Object.entries(kept)) expect(settings).toContain(`"${setting}":"${value}"`);
    expect(settings).not.toContain('a node that is gone');
  });
});
