import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../../docs/cost/deployment.ts';
import { estimate } from '../../../docs/cost/estimate.ts';
import { costOptionsSchema } from '../../../docs/cost/options.ts';
import { rehearse } from '../../../docs/cost/rehearsal.ts';

const run = promisify(execFile);

function cost(...args: string[]) {
  return run(process.execPath, ['docs/cost/main.ts', ...args]);
}

describe('npm run cost', () => {
  it('says what docs/cost.md shows', async () => {
    const { stdout } = await cost('--tables', '1000');
    expect(await readFile('docs/cost.md', 'utf8')).toContain(`$ npm run cost -- --tables 1000\n${stdout}\`\`\``);
  });

  it('answers one JSON document', async () => {
    const { stdout } = await cost('--tables', '3', '--gb', '8', '--retention', '2,0,0', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      holdings: { tables: 3, tableGb: 8 },
      retention: { keepLast: 3, daily: 2, kept: 3 },
      month: {
        lines: expect.arrayContaining([expect.objectContaining({ quantity: 24, dollars: expect.closeTo(2.4) })]),
      },
    });
  });

  it('refuses what is no number with exit code 2', async () => {
    const refused = cost('--tables', 'many');
    await expect(refused).rejects.toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('tables') });
  });
});

it.each([
  [{ tables: '-1' }],
  [{ tables: '1.5' }],
  [{ polls: '2' }],
  [{ polls: '0,1' }],
  [{ polls: '1,2,3' }],
  [{ retention: '7,4' }],
  [{ retention: '7,x,12' }],
  [{ tables: '0', indices: '0' }],
])('refuses %j', (options) => {
  expect(costOptionsSchema.safeParse(options).success).toBe(false);
});

it('reckons nothing for a side that a plan does not have', async () => {
  const { holdings, month } = await estimate(costOptionsSchema.parse({ tables: '0', gb: '100' }));
  expect(holdings).toMatchObject({ tables: 0, tableGb: 0 });
  expect(month.lines.filter(({ what }) => what.startsWith('DynamoDB'))).toMatchObject([{ dollars: 0 }]);
});

it('takes the memory of the functions from serverless.yml', async () => {
  expect(await readDeployment()).toMatchObject({ memoryGb: 0.5 });
});

it('refuses to rehearse with looks that no task takes: it would never end', async () => {
  const course = { hasTables: true, hasSearch: true, looks: { CheckTables: 2 } };
  await expect(rehearse('backup', course)).rejects.toThrow('The backup has no task CheckTables.');
});
