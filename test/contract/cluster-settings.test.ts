import { describe, expect, it } from 'vitest';
import { autoCreation, withDenied } from '../../shared/core/auto-creation.ts';
import { lifted, recoveryThrottles } from '../../shared/core/recovery-throttles.ts';
import { searchEngines, searchSubjects } from '../support/search-subjects.ts';
import { nameOf, searchTrial } from '../support/search-trial.ts';

describe.each(searchSubjects)('settings of a cluster: $name', (subject) => {
  const trial = searchTrial(subject);

  it('are set, and taken back', async () => {
    const { settings } = trial.search;
    const before = await settings.read('action.search.shard_count.limit');

    await settings.write('action.search.shard_count.limit', { level: 'persistent', value: '4000' });
    expect(await settings.read('action.search.shard_count.limit')).toEqual({ level: 'persistent', value: '4000' });
    await settings.write('action.search.shard_count.limit', before);

    expect(before).toEqual({ level: 'persistent', value: null });
    expect(await settings.read('action.search.shard_count.limit')).toEqual(before);
  });
});

describe.each(searchEngines)('the throttles of recovery: $name', (subject) => {
  const trial = searchTrial(subject);

  it.each(recoveryThrottles)('%s can be lifted, unless the domain keeps it to itself, and put back', async (name) => {
    const { settings } = trial.search;
    const before = await settings.read(name);
    const { during = null } = lifted(name, before) ?? {};

    const change = settings.write(name, { ...before, value: during }).then(
      () => 'changed',
      (error) => error.code,
    );

    expect(await change).toBe(subject.name.includes('managed') ? 'SEARCH_NOT_OFFERED' : 'changed');
    const isChanged = (await change) === 'changed';
    expect(await settings.read(name)).toEqual({ ...before, value: isChanged ? during : before.value });
    if (isChanged) await settings.write(name, before);
    expect(await settings.read(name)).toEqual(before);
  });
});

describe.each(searchEngines)('the denial of indices that a write makes: $name', (subject) => {
  const trial = searchTrial(subject);

  it('is about the names that are denied, and no others', async () => {
    const { settings, addDocuments, indices } = trial.search;
    const [denied, other] = [nameOf('denied'), nameOf('other')];
    const before = await settings.read(autoCreation);
    const value = withDenied(before.value ?? undefined, [denied]) ?? '';
    await settings.write(autoCreation, { ...before, value });

    await addDocuments(denied, 1).catch(() => {});
    await addDocuments(other, 1);
    await settings.write(autoCreation, before);

    expect([...(await indices.uuids([denied, other])).keys()]).toEqual([other]);
  });
});
