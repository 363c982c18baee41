import { CHORE_TYPE } from '../loads/offline.ts';
import type { WatchedClient } from '../watched-client.ts';
import type { Tenant, World } from '../world.ts';

/** One thing as it was found. */
export interface Found {
  readonly marker: string;
  readonly state: string;
}

type Reader = (world: World, tenant: Tenant, client: WatchedClient) => Promise<readonly Found[]>;
type Row = Readonly<Record<string, unknown>>;

/** Every marker with its state in a text that an actor has written. */
function foundIn(texts: readonly unknown[]): readonly Found[] {
  return texts.flatMap((text) => {
    const [, marker, state] = /([a-z]+-\d+)[ .](v\d)/.exec(String(text)) ?? [];
    return marker === undefined || state === undefined ? [] : [{ marker, state }];
  });
}

async function sidekickList(client: WatchedClient, path: string, name: string): Promise<readonly Row[]> {
  const answer = await client.get(path);
  if (answer?.status !== 200) throw new Error(`${path} answered ${answer?.status}: ${answer?.text}`);
  return answer.body[name] as readonly Row[];
}

const SETTINGS: Readonly<Record<string, string>> = {
  '/api/heatmap/umbrales': 'nivel1',
  '/api/heatmap/minutos': 'minutos_checkin',
  '/api/perfil/xlsx-apartamentos': 'col_id_externo',
};

function chores(client: WatchedClient): Promise<readonly Row[]> {
  return client.listAll(`/api/tasks/?task_type=${CHORE_TYPE}`);
}

/** How things of each kind are found, always by the front door or at the service that they were sent to. */
export const READERS: Readonly<Record<string, Reader>> = {
  apartment: async (_, __, client) => {
    const rows = await sidekickList(client, '/api/apartamentos', 'apartamentos');
    return foundIn(rows.map(({ nombre }) => nombre));
  },
  template: async (_, __, client) => {
    const rows = await sidekickList(client, '/api/vault/plantillas', 'plantillas');
    return foundIn(rows.map(({ nombre }) => nombre));
  },
  person: async (_, __, client) => {
    const rows = await sidekickList(client, '/api/usuarios', 'usuarios');
    return foundIn(rows.map(({ email }) => email));
  },
  booking: async (_, __, client) =>
    foundIn((await client.listAll('/api/bookings/')).map(({ guest_name }) => guest_name)),
  task: async (_, __, client) => foundIn((await client.listAll('/api/tasks/')).map(({ title }) => title)),
  chore: async (_, __, client) => foundIn((await chores(client)).map(({ title }) => title)),
  answer: async (_, __, client) => {
    const found: unknown[] = [];
    for (const { id } of await chores(client)) {
      const { checklist } = (await client.get(`/api/tasks/${id}/`))?.body ?? {};
      const { items = [] } = (checklist ?? {}) as { readonly items?: readonly Row[] };
      // An answer and its tick are one operation: the text without the tick is half of it.
      found.push(...items.filter(({ completed }) => completed).map(({ text_response }) => text_response));
    }
    return foundIn(found);
  },
  photo: async (_, __, client) => {
    const found: unknown[] = [];
    for (const { id, photo_count } of await chores(client)) {
      const photos = await client.listAll(`/api/tasks/${id}/images/`);
      found.push(...photos.map(({ description }) => description));
      if (photos.length !== photo_count) throw new Error(`task ${id} counts ${photo_count} photos of ${photos.length}`);
    }
    return foundIn(found);
  },
  row: async (_, __, client) => {
    const codes = (await client.listAll('/api/bookings/')).map(({ external_code }) => String(external_code));
    return codes.filter((code) => code.startsWith('ROW-')).map((code) => ({ marker: code.toLowerCase(), state: 'v1' }));
  },
  contact: async ({ google }, { googleAccount }) =>
    foundIn(google.contacts(googleAccount).map((row) => wholeName(row))),
  setting: async (_, { canary }, client) => {
    const found: Found[] = [];
    for (const [path, field] of Object.entries(SETTINGS)) {
      const text = (await client.get(path))?.text ?? '';
      const [, state] = new RegExp(`"${field}":(\\d+)`).exec(text) ?? [];
      if (state !== undefined) found.push({ marker: `${canary} ${path}`, state });
    }
    return found;
  },
  company: async (world) => {
    const rows = await sidekickList(await world.signInOperator(), '/api/empresas', 'empresas');
    return foundIn(rows.map(({ nombre }) => nombre));
  },
};

function wholeName({ givenName, familyName }: { readonly givenName: string; readonly familyName: string }): string {
  return `${givenName} ${familyName}`;
}
