import * as z from 'zod';
import type { ChangedSettings } from '../../contracts/ledger/changed-meanwhile.ts';
import type { LastRestore } from '../../core/diagnosis/last-restore.ts';
import { type Observed, seenOf } from '../../core/diagnosis/observed.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { writersInWords } from '../../core/writers.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { SetValue } from '../../ports/cluster-settings.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import { changedSettingsPart, openLedger, restoreRunPart } from '../ledger.ts';
import { leftPausedBy } from '../restore/paused-writers.ts';
import { connectionOf } from '../restore/restore-connection.ts';
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
    const ledger = openLedger(store, name, lock.run);
    const [left, run, changed] = await Promise.all([
      leftPausedBy(store, name, lock.run),
      ledger.read(restoreRunPart),
      ledger.read(changedSettingsPart),
    ]);
    const connection = run?.value.connection ?? connectionOf(plan.search);
    const settings = connection === null ? [] : await stillChanged(changed?.value, connectSearch(connection));
    return {
      ...lock,
      connection,
      paused: left && { run: left.run, writers: writersInWords(left.writers) },
      settings: new Map(settings),
    };
  });
}

/** Somebody may have put a setting back since; where that cannot be seen, what is noted down counts. */
async function stillChanged(changed: ChangedSettings | undefined, domain: SearchDomain): Promise<[string, SetValue][]> {
  const left = [...(changed?.settings ?? [])].filter(([, { putBack }]) => !putBack);
  const looked = await Promise.all(
    left.map(async ([name, { level, before, during }]): Promise<[string, SetValue][]> => {
      const now = seenOf(await observe(() => domain.settings.read(name)));
      return now === undefined || now.value === during ? [[name, { level, value: before }]] : [];
    }),
  );
  return looked.flat();
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
