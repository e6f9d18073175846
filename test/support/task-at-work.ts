import { AsyncLocalStorage } from 'node:async_hooks';

/** The task of a workflow that a call is made in: its name, and the how many-th of this name it is, as `RestoreTables 2`. */
export const taskAtWork = new AsyncLocalStorage<string>();
