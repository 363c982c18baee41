import { writeFile } from 'node:fs/promises';
import { APARTMENTS_TEMPLATE_FILE, apartmentsTemplate } from '../infra/workbooks/apartments-template.ts';
import {
  BOOKINGS_BY_PROPERTY_FILE,
  BOOKINGS_TEMPLATE_FILE,
  bookingsTemplate,
} from '../infra/workbooks/bookings-template.ts';

/** Writes the workbooks that functions hand out; commit what it writes. */
await writeFile(APARTMENTS_TEMPLATE_FILE, await apartmentsTemplate());
await writeFile(BOOKINGS_TEMPLATE_FILE, await bookingsTemplate(false));
await writeFile(BOOKINGS_BY_PROPERTY_FILE, await bookingsTemplate(true));
