import { simulateRestore } from '../support/restore-simulation.ts';

const [tables, seed] = [Number(process.argv[2] ?? 1_000), 20_300_102];
const t = Date.now();
const { bound, tables: took, whole, backup, restore } = await simulateRestore(tables, seed);
console.log({
  real: Date.now() - t,
  bound,
  took,
  whole,
  ratio: took / bound,
  wholeRatio: whole / bound,
  states: { backup: backup.states.length, restore: restore.states.length },
  failure: restore.failure,
});
