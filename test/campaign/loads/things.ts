import type { Actor, Step } from '../actor.ts';

/** A resource that is made, changed and deleted one way in both APIs. */
interface Resource {
  readonly kind: string;
  readonly weight: number;
  readonly create: { readonly path: string; readonly id: (body: Record<string, unknown>) => unknown };
  readonly change: { readonly method: 'PUT' | 'PATCH'; readonly path: (id: string) => string };
  /** The body of a creation, and of a change, with a text in it. */
  readonly creation: (actor: Actor, text: string) => object;
  readonly edit: (text: string) => object;
}

function idOf(content: unknown): unknown {
  return (content as { readonly id?: unknown } | undefined)?.id;
}

const NIGHTS = 2;
const RESOURCES: readonly Resource[] = [
  {
    kind: 'apartment',
    weight: 3,
    create: { path: '/api/apartamentos', id: ({ apartamento }) => idOf(apartamento) },
    change: { method: 'PUT', path: (id) => `/api/apartamentos/${id}` },
    creation: (_, nombre) => ({ nombre }),
    edit: (nombre) => ({ nombre }),
  },
  {
    kind: 'template',
    weight: 2,
    create: { path: '/api/vault/plantillas', id: ({ plantilla }) => idOf(plantilla) },
    change: { method: 'PUT', path: (id) => `/api/vault/plantillas/${id}` },
    creation: (_, nombre) => ({ nombre, contenido: `Hola ${nombre}` }),
    edit: (nombre) => ({ nombre, contenido: `Hola ${nombre}`, idioma: 'es', categoria: null }),
  },
  {
    kind: 'booking',
    weight: 6,
    create: { path: '/api/bookings/', id: idOf },
    change: { method: 'PATCH', path: (id) => `/api/bookings/${id}/` },
    creation: (actor, guest_name) => {
      const day = actor.days(NIGHTS);
      const dates = { check_in_date: `${day(0)}T15:00:00Z`, check_out_date: `${day(NIGHTS)}T10:00:00Z` };
      return { property: actor.tenant.property, unit: String(actor.seat), guest_name, ...dates };
    },
    edit: (guest_name) => ({ guest_name }),
  },
  {
    kind: 'task',
    weight: 5,
    create: { path: '/api/tasks/', id: idOf },
    change: { method: 'PATCH', path: (id) => `/api/tasks/${id}/` },
    creation: ({ tenant }, title) => ({ title, assigned_to: tenant.member.number }),
    edit: (title) => ({ title }),
  },
];

async function change(actor: Actor, { kind, change: { method, path }, edit }: Resource): Promise<void> {
  const thing = actor.some(kind);
  if (thing === undefined) return;
  const state = `v${actor.random.between(2, 9)}`;
  const { outcome } = await actor.write(method, path(thing.id), edit(actor.text(thing.entry, state)));
  thing.entry.settle(outcome, state);
}

async function remove(actor: Actor, { kind, change: { path } }: Resource): Promise<void> {
  const thing = actor.some(kind);
  if (thing === undefined) return;
  actor.forget(thing);
  const { outcome } = await actor.write('DELETE', path(thing.id));
  thing.entry.settle(outcome, 'absent');
}

async function create(actor: Actor, { kind, create: { path, id }, creation }: Resource): Promise<void> {
  const entry = actor.open(kind);
  const { outcome, answer } = await actor.write('POST', path, creation(actor, actor.text(entry, 'v1')));
  entry.settle(outcome, 'v1');
  if (outcome === 'done' && answer !== undefined) actor.keep(entry, String(id(answer.body)));
}

/** Apartments, templates, bookings and tasks: made, changed, deleted. */
export const THINGS: readonly Step[] = RESOURCES.flatMap((resource) => [
  { name: `create ${resource.kind}`, weight: resource.weight, run: (actor) => create(actor, resource) },
  { name: `change ${resource.kind}`, weight: resource.weight, run: (actor) => change(actor, resource) },
  { name: `delete ${resource.kind}`, weight: 1, run: (actor) => remove(actor, resource) },
]);
