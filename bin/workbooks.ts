import { writeFile } from 'node:fs/promises';
import { APARTMENTS_TEMPLATE_FILE, apartmentsTemplate } from '../infra/workbooks/apartments-template.ts';

/** Writes the workbooks that functions hand out; commit what it writes. */
await writeFile(APARTMENTS_TEMPLATE_FILE, await apartmentsTemplate());
