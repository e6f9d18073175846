import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pages } from './pages.ts';

for (const [file, text] of Object.entries(pages)) await writeFile(join(import.meta.dirname, file), await text());
