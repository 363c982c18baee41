import { readFile } from 'node:fs/promises';
import { type Reply, reply } from '../../../shared/platform/http/route.ts';

/** The committed workbook, which stands beside the handler in the bundle too. */
export async function readTemplate(directory: URL): Promise<Reply<Uint8Array>> {
  const headers = { 'Content-Disposition': 'attachment; filename="apartamentos.xlsx"' };
  return reply(await readFile(new URL('plantilla.xlsx', directory)), { headers });
}
