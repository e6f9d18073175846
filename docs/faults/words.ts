/** The ways in which a call of a port can fail, and what each means, in the order of the columns. */
export const waysToFail = {
  'not now': 'the service asks to be called less often; nothing was done',
  'not available': 'the service says that it cannot at the moment; nothing was done',
  'not yet': 'what is asked for is in a state that does not allow it; nothing was done',
  'no answer, not done': 'the connection is cut, or no answer comes in time; nothing was done',
  'no answer, done': 'likewise, and it was done',
  refused: 'no policy allows it; nothing was done',
  'not offered': 'something answers that does not know the operation; nothing was done',
  'not understood': 'the answer is not one of the service; a change was done',
  'cut off': 'the process ends; the change was done',
} as const;

export type WayToFail = keyof typeof waysToFail;

/** What a restore comes to in which something failed, and what was seen of each. */
export const endings = {
  identical: 'It ends well, without an alert, and everything is as in the recovery point.',
  'fails untouched': 'It fails with one alert, and nothing was changed.',
  'fails half-way': 'It fails with one alert. The undo that the alert tells brings back what was before.',
  'fails paused':
    'It fails with one alert and, where the restore failed besides, one for the writers, which are paused still; `--resume-writers` puts them back. It is undone as well.',
} as const;

export type Ending = keyof typeof endings;
