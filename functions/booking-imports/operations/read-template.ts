import { readFile } from 'node:fs/promises';
import { type Reply, reply } from '../../../shared/platform/http/route.ts';

/** The committed workbook, which stands beside the handler in the bundle too. @param byLabel with a column for the property */
export async function readTemplate(directory: URL, byLabel: boolean): Promise<Reply<Uint8Array>> {
  const name = byLabel ? 'bookings-by-property.xlsx' : 'bookings.xlsx';
  const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
  return reply(await readFile(new URL(name, directory)), { headers });
}
