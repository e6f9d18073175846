/** Takes the lock of the file that it is given, says so, and holds it until it is killed. */
import { ProcessLock } from '../../../sandbox/processes/process-lock.ts';

const lock = ProcessLock.tryTake(process.argv[2] ?? '');
console.log(lock === undefined ? 'refused' : 'held');
setInterval(() => lock, 60_000);
