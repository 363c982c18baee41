import type { Actor, Step, Thing } from '../actor.ts';

/** One more or one less of a company's people; the limit refuses some. */
async function hire(actor: Actor): Promise<void> {
  const entry = actor.open('person');
  const email = `${entry.marker}.v1@${actor.tenant.canary}.example.com`;
  const { outcome, answer } = await actor.write('POST', '/api/usuarios', { email, rol: 'operativo' });
  entry.settle(outcome, 'v1');
  const { id } = (answer?.body.usuario ?? {}) as { readonly id?: string };
  if (outcome === 'done' && id !== undefined) actor.keep(entry, id);
}

async function dismiss(actor: Actor): Promise<void> {
  const thing: Thing | undefined = actor.some('person');
  if (thing === undefined) return;
  actor.forget(thing);
  const { outcome } = await actor.write('DELETE', `/api/usuarios/${thing.id}`);
  thing.entry.settle(outcome, 'absent');
}

const SETTINGS = [
  {
    path: '/api/heatmap/umbrales',
    body: (value: number) => ({ nivel1: value, nivel2: value + 10, nivel3: value + 20 }),
  },
  {
    path: '/api/heatmap/minutos',
    body: (value: number) => ({ minutos_checkin: value, minutos_checkout: value }),
  },
  {
    path: '/api/perfil/xlsx-apartamentos',
    body: (value: number) => ({ col_id_externo: value, col_nombre: value + 1, col_direccion: 0, col_ciudad: 0 }),
  },
] as const;

/** Each actor saves settings of one tool, all of them at once (D-44). */
async function saveSettings(actor: Actor): Promise<void> {
  const { path, body } = SETTINGS[actor.seat % SETTINGS.length] ?? SETTINGS[0];
  const { ledger } = actor.world;
  const marker = `${actor.tenant.canary} ${path}`;
  const known = ledger.entries('setting').find((entry) => entry.marker === marker);
  const entry = known ?? ledger.open('setting', actor.tenant.at, { marker });
  const value = actor.random.between(1, 60);
  const { outcome } = await actor.write('PUT', path, body(value));
  entry.settle(outcome, String(value));
}

/** A company joins the platform; some leave again at once. */
async function join(actor: Actor): Promise<void> {
  const { operator, ledger } = actor.world;
  const entry = ledger.open('company', actor.tenant.at);
  const body = { nombre: `Nueva ${entry.marker} v1`, email: `${entry.marker}@nuevas.example.com` };
  const { outcome, answer } = await operator.write(actor.random, 'POST', '/api/empresas', { body });
  entry.settle(outcome, 'v1');
  const { id } = (answer?.body.empresa ?? {}) as { readonly id?: string };
  if (outcome !== 'done' || id === undefined || actor.random.chance(0.5)) return;
  const removal = await operator.write(actor.random, 'DELETE', `/api/empresas/${id}`);
  entry.settle(removal.outcome, 'absent');
}

/** People, settings and companies. */
export const PEOPLE: readonly Step[] = [
  { name: 'hire', weight: 1.5, run: hire },
  { name: 'dismiss', weight: 1, run: dismiss },
  { name: 'save settings', weight: 3, run: saveSettings },
  { name: 'join', weight: 0.5, run: join },
];
