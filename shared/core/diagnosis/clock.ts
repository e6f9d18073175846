import type { AccountIdentity } from '../../ports/account.ts';
import { accountChecks } from './checks/account.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';

const found = finderOf(accountChecks);

/** AWS refuses a signature whose time is further from its own. */
const refusedSeconds = 300;
const noticedSeconds = 30;

/** @param now the time of this machine when the answer came */
export function judgeClock(caller: Observed<AccountIdentity>, now: Date): Finding {
  return judged('CLOCK', caller, ({ answeredAt }) => {
    if (answeredAt === undefined) return notChecked('CLOCK', 'the answer of AWS carried no time');
    const skew = Math.round((now.getTime() - answeredAt.getTime()) / 1_000);
    const values = { seconds: Math.abs(skew), direction: skew > 0 ? 'fast' : 'slow' };
    if (values.seconds > refusedSeconds) return found('CLOCK', 'refused', values);
    if (values.seconds > noticedSeconds) return found('CLOCK', 'skewed', values);
    return ok('CLOCK', `at most ${values.seconds + 1} s off`);
  });
}
