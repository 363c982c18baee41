import { DEMO_COMPANY_ID, DEMO_LOGINS } from '../../infra/local/demo/demo-world.ts';
import { seedDemo } from '../../infra/local/demo/seed-demo.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { UploadPurpose } from '../../shared/platform/upload/upload.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import { Google } from './google.ts';
import { DEMO_KEYS } from './pms-account.ts';
import { sampleFile, sampleForm } from './sample-files.ts';
import { staged } from './staging.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

/** The demo company with something of everything that examples name: the same ids in every run where they are fixed. */
export interface ExampleWorld {
  readonly cloud: TestCloud;
  readonly google: Google;
  /** Admin and superadmin. */
  readonly client: ApiClient;
}

type Json = Readonly<Record<string, unknown>>;

/** What stands in for a part of an example that no two runs share: ids that are drawn, tokens, who calls. */
export interface Standing {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly client?: ApiClient;
}

/** Answers the body of a call that has to succeed. */
export async function done(answer: Promise<ApiAnswer>): Promise<Json> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`The world of the examples was refused: ${status} ${text}`);
  return body;
}

function loginOf(position: number) {
  const login = DEMO_LOGINS[position];
  if (login === undefined) throw new Error(`The demo has no log-in ${position}`);
  return login;
}

/** Signs one of the demo's people in: 0 the admin, 1 the manager, 2 the cleaner. */
export function signInDemo(cloud: TestCloud, position: number): Promise<ApiClient> {
  const { email, password } = loginOf(position);
  return cloud.client.signIn(email, password);
}

/** Both tokens of a log-in of its own. */
export function tokensOf({ cloud }: ExampleWorld): Promise<Json> {
  const { email, password } = loginOf(0);
  return done(cloud.client.call('POST', '/api/token/', { body: { username: email, password } }));
}

/** A cleaning task with its checklist. */
export function aTask(client: ApiClient, wanted: Json = {}): Promise<Json> {
  return done(client.call('POST', '/api/tasks/', { body: { title: 'Clean', task_type: 'cleaning', ...wanted } }));
}

const CLOCK = '2026-06-03T10:00:00Z';

/** Three notifications of the admin's. */
async function notify(cloud: TestCloud, client: ApiClient): Promise<void> {
  const { data } = await done(client.get('/api/perfil'));
  const { usuarios } = await done(client.get('/api/usuarios'));
  const own = (usuarios as { id: string; email: string }[]).find(({ email }) => email === (data as Json).email);
  const recipient = own?.id ?? '';
  const told = { verb: 'late_arrival', message: 'Ana García llega a las 22:30', task_title: 'Llegada' } as const;
  await new NotificationRepository(new TenantScope(cloud.table, DEMO_COMPANY_ID)).addOnce(
    ['a', 'b', 'c'].map((occasion) => ({ ...told, recipient, occasion })),
    new Date(CLOCK),
  );
}

const KITCHEN = { title: 'Photo of the kitchen', item_type: 'photo_required' };
const CLEANING = {
  name: 'Standard turnover',
  task_type: 'cleaning',
  items: [{ title: 'Strip beds' }, { title: 'Fresh towels' }, KITCHEN],
};
const TURNOVER = { title: 'Turnover clean', property: 1, due_date: '2026-06-08T15:00:00Z', assigned_to: 3 };
const STAY = { check_in_date: '2026-06-10T15:00:00Z', check_out_date: '2026-06-12T11:00:00Z' };

/**
 * Starts a cloud with the demo company, notifications, a property, a checklist, a task with a photo, a booking, an
 * invite and a prompt, each number 1.
 */
export async function startExampleWorld(options: { loud?: boolean } = {}): Promise<ExampleWorld> {
  const cloud = await startTestCloud({ clock: CLOCK, ...options });
  await seedDemo(cloud.table, new Date(CLOCK));
  const client = await signInDemo(cloud, 0);
  const aristay = (path: string, body: Json) => done(client.call('POST', path, { body }));
  await notify(cloud, client);
  await aristay('/api/properties/', { name: 'Faro', units: [{ unit_number: '1A' }, { unit_number: '1B' }] });
  await aristay('/api/checklists/create/', CLEANING);
  await aTask(client, TURNOVER);
  const raw = await sampleForm({ photo_type: 'before', description: 'Kitchen on arrival' }, { image: 'kitchen.jpg' });
  await done(client.call('POST', '/api/tasks/1/images/create/', { raw }));
  await aristay('/api/bookings/', { property: 1, unit: '1A', ...STAY, guest_name: 'Ana García' });
  await aristay('/api/admin/create-invite-code/', { role: 'member', notes: 'Equipo' });
  await done(client.write('PUT', '/api/admin/system-prompts/vault_traducir', { contenido: 'Traduce el texto.' }));
  return { cloud, google: new Google(cloud), client };
}

/** Connects the stand-in of a PMS. */
export async function connectPms(
  { client }: ExampleWorld,
  proveedor: keyof typeof DEMO_KEYS = 'smoobu',
): Promise<void> {
  await done(client.write('PUT', '/api/perfil/integraciones/pms', { proveedor, api_key: DEMO_KEYS[proveedor] }));
}

/** Stages the sample of a purpose and answers its id. */
export async function stagedFor({ client }: ExampleWorld, proposito: UploadPurpose): Promise<string> {
  const name = `${proposito}.xlsx`;
  return staged(client, proposito, name, await sampleFile(name));
}
