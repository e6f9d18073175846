import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { describeFailure, readFailure } from '../../../shared/errors/description.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';

const code = fc.constantFrom(...Object.keys(errorCatalogue)).filter((key): key is ErrorCode => key in errorCatalogue);
const step = fc.stringMatching(/^[A-Z][A-Za-z]{2,20}$/);
const message = fc.string({ unit: 'binary', maxLength: 300 });

/** The cause as Step Functions gives it for a Lambda function that threw. */
function asLambdaTellsIt(name: string, text: string): string {
  return JSON.stringify({ errorType: name, errorMessage: text, trace: [`${name}: ${text}`, '    at handler'] });
}

describe('a failure of Tandem', () => {
  test('comes back as it was, from a bare message and from the JSON of a Lambda function', () => {
    fc.assert(
      fc.property(code, step, message, (thrownCode, thrownStep, thrownMessage) => {
        const error = new TandemError(thrownCode, thrownMessage);
        const text = describeFailure(thrownStep, error);
        const expected = {
          name: error.name,
          step: thrownStep,
          code: thrownCode,
          message: thrownMessage,
          remedy: errorCatalogue[thrownCode].remedy,
        };
        expect(readFailure({ Error: error.name, Cause: text })).toEqual(expected);
        expect(readFailure({ Error: error.name, Cause: asLambdaTellsIt(error.name, text) })).toEqual(expected);
      }),
    );
  });

  test('keeps a remedy that the place knew better, and a message of several lines', () => {
    const error = new TandemError('ACCESS_DENIED', 'First.\nWhat to do: second?\nThird.', {
      remedy: 'Allow s3:GetObject.',
    });
    const read = readFailure({ Error: error.name, Cause: describeFailure('PlanBackup', error) });
    expect(read).toMatchObject({ message: 'First.\nWhat to do: second?\nThird.', remedy: 'Allow s3:GetObject.' });
  });

  test('is described once: what another step described already is passed on as it is', () => {
    const text = describeFailure('StartTableBackups', new TandemError('ACCESS_DENIED', 'No.'));
    expect(describeFailure('RecordRecoveryPoint', new Error(text))).toBe(text);
  });

  test('with a long message keeps its beginning and its end, and stays small', () => {
    const error = new TandemError('PROVIDER_FAILURE', `first${'.'.repeat(50_000)}last`);
    const text = describeFailure('PlanBackup', error);
    expect(text.length).toBeLessThan(3_000);
    const read = readFailure({ Error: error.name, Cause: text });
    expect(read.message).toMatch(/^first\.+ \.\.\. \.+last$/);
    expect(read.remedy).toBe(error.remedy);
  });
});

describe('a failure that Tandem does not know', () => {
  const { remedy } = errorCatalogue.UNEXPECTED;

  test.for([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'out of order', 'out of order'],
    ['nothing', undefined, 'undefined'],
  ] as const)('is described where a step throws %s', ([, thrown, told]) => {
    const read = readFailure({ Error: 'Error', Cause: describeFailure('PlanBackup', thrown) });
    expect(read).toEqual({ name: 'Error', step: 'PlanBackup', code: 'UNEXPECTED', message: told, remedy });
  });

  test.for([
    [
      'a crash of the runtime',
      'Runtime.ExitError',
      asLambdaTellsIt('Runtime.ExitError', 'exit status 137'),
      'exit status 137',
    ],
    ['a text of Step Functions', 'States.Timeout', 'The state timed out.', 'The state timed out.'],
    ['no cause at all', 'States.Timeout', '', 'States.Timeout'],
    ['JSON without a message', 'Error', '{"a":1}', '{"a":1}'],
    ['a number', 'Error', '5', '5'],
    ['null', 'Error', 'null', 'null'],
    [
      'a code that is none',
      'Error',
      '[NO_SUCH_CODE] PlanBackup: x\nWhat to do: y',
      '[NO_SUCH_CODE] PlanBackup: x\nWhat to do: y',
    ],
  ] as const)('is told in its own words: %s', ([, name, cause, told]) => {
    expect(readFailure({ Error: name, Cause: cause })).toEqual({
      name,
      step: undefined,
      code: 'UNEXPECTED',
      message: told,
      remedy,
    });
  });

  test('is read whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(message, fc.json()), (cause) => {
        expect(readFailure({ Error: 'Error', Cause: cause })).toMatchObject({ name: 'Error', code: 'UNEXPECTED' });
      }),
    );
  });
});
