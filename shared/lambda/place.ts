import type { RunPlace } from '../core/how-to-go-on.ts';

/** Where this runs, as the command line finds it: the stage that was deployed, or this machine with its plan file. */
export function runPlace(): RunPlace {
  const { TANDEM_STAGE: stage, TANDEM_CONFIG: config } = process.env;
  return stage === undefined ? { local: true, config } : { stage };
}
