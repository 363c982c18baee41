import type { Client } from 'openapi-fetch';
import type { paths } from './api.d.ts';
import type { Transport } from './retry.ts';

type Wanted = paths['/api/subidas']['post']['requestBody']['content']['application/json'];

export interface StagedFile {
  readonly proposito: Wanted['proposito'];
  readonly file: File;
}

/**
 * Stages a file by a presigned form, and answers the id that stands for it.
 * @throws Error with the API's own sentences, or with the store's status
 */
export async function stageFile(
  calls: Client<paths>,
  transport: Transport,
  { proposito, file }: StagedFile,
): Promise<string> {
  const body = { proposito, nombre: file.name, bytes: file.size };
  const { data, error } = await calls.POST('/api/subidas', { body });
  if (data === undefined) throw new Error('errors' in error ? error.errors.join(' ') : error.message);
  const { id, url, campos } = data.subida;
  const form = new FormData();
  for (const [name, value] of Object.entries(campos)) form.set(name, value);
  form.set('file', file);
  const answer = await transport(new Request(url, { method: 'POST', body: form }));
  if (!answer.ok) throw new Error(`The file was not taken: ${answer.status}`);
  return id;
}
