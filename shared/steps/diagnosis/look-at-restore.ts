import * as z from 'zod';
import type { LastRestore } from '../../core/diagnosis/last-restore.ts';
import type { Observed } from '../../core/diagnosis/observed.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { writersInWords } from '../../core/writers.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { SetValue } from '../../ports/cluster-settings.ts';
import { changedSettingsPart, openLedger } from '../ledger.ts';
import { leftPausedBy } from '../restore/paused-writers.ts';
import { readLock } from '../restore/restore-lock.ts';
import { observe } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';

/** The last restore of the plan, and what it has left as it was for its time alone. */
export function lookAtRestore(
  subject: Subject,
  { openCatalog, connectSearch }: Pick<DiagnosisPorts, 'openCatalog' | 'connectSearch'>,
): Promise<Observed<LastRestore | undefined>> {
  const { file, name, plan } = subject;
  return observeNotes(async () => {
    const store = openCatalog(file.catalog.bucket);
    const lock = await readLock(store, name);
    if (lock === undefined) return undefined;
    const [left, changed] = await Promise.all([
      leftPausedBy(store, name, lock.run),
      openLedger(store, name, lock.run).read(changedSettingsPart),
    ]);
    const settings = new Map<string, SetValue>();
    for (const [setting, { level, before, during, putBack }] of changed?.value.settings ?? []) {
      if (putBack || plan.search === undefined) continue;
      const now = await connectSearch(plan.search).settings.read(setting);
      // Somebody may have put it back since.
      if (now.value === during) settings.set(setting, { level, value: before });
    }
    return { ...lock, paused: left && { run: left.run, writers: writersInWords(left.writers) }, settings };
  });
}

/** What another version of Tandem, or somebody by hand, has noted down may not be understood: that ends no backup. */
function observeNotes<Seen>(look: () => Promise<Seen>): Promise<Observed<Seen>> {
  return observe(() =>
    look().catch((cause: unknown) => {
      if (!(cause instanceof z.ZodError || cause instanceof SyntaxError)) throw cause;
      throw new TandemError('PROVIDER_FAILURE', 'What the last restore has noted down is not understood.', { cause });
    }),
  );
}
