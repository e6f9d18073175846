import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the emulators. */
    miniStack: string;
    moto: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('miniStack', process.env.MINISTACK ?? '');
  project.provide('moto', process.env.MOTO ?? '');
}
