import type { ApiClient } from './api-client.ts';

/** A form as `POST /api/subidas` gives it out. */
export interface Staging {
  readonly id: string;
  readonly url: string;
  readonly campos: Readonly<Record<string, string>>;
  readonly caduca: string;
}

/** Asks for a form. */
export async function prepareStaging(
  client: ApiClient,
  wanted: { readonly proposito: string; readonly nombre: string; readonly bytes: number },
): Promise<Staging> {
  const answer = await client.write('POST', '/api/subidas', wanted);
  if (answer.status !== 201) throw new Error(`No form: ${answer.status} ${answer.text}`);
  return answer.body.subida as Staging;
}

/** Posts the form as a browser would; answers the status. */
export async function postStaging({ url, campos }: Staging, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(campos)) form.set(name, value);
  form.set('file', new File([bytes], 'file'));
  return (await fetch(url, { method: 'POST', body: form })).status;
}

/** Stages a file and answers its id. */
export async function staged(
  client: ApiClient,
  proposito: string,
  nombre: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const staging = await prepareStaging(client, { proposito, nombre, bytes: bytes.length });
  const status = await postStaging(staging, bytes);
  if (status !== 204) throw new Error(`The form was answered ${status}`);
  return staging.id;
}
