import { writeFile } from 'node:fs/promises';
import { reasonOf, TandemError } from '../../shared/errors/tandem-error.ts';
import { readPlanFile } from '../chosen-plan.ts';
import type { ReportOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { reportAnswer, reportDocument } from '../output/report-answer.ts';
import { reportPage } from '../report/page.ts';
import { readRestoreReport } from '../report/restore-report.ts';
import type { Surroundings } from '../surroundings.ts';

/** Writes all that the catalog knows of a restore into one page. */
export async function report(
  run: string | undefined,
  options: ReportOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  if (run === undefined) {
    throw new TandemError('USAGE', 'Which restore?', {
      remedy: 'Name its run, as the restore said it, after the command.',
    });
  }
  const found = await readPlanFile(options, surroundings);
  const store = surroundings.openCatalog(found.file.catalog.bucket);
  const known = await readRestoreReport(run, found, store, options);
  const file = options.out ?? `tandem-${run}.html`;
  await write(file, reportPage(known, reportDocument(known)));
  return reportAnswer(known, file);
}

async function write(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (cause) {
    const remedy = 'Give a file that can be written with --out.';
    throw new TandemError('USAGE', `${file} cannot be written: ${reasonOf(cause)}.`, { cause, remedy });
  }
}
