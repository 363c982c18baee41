import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { calendarText } from '../support/given-calendars.ts';
import { Google } from '../support/google.ts';
import { DEMO_KEYS } from '../support/pms-account.ts';
import { registerDevice } from '../support/pushed.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { Answers } from './answers.ts';
import { Crashes, watchRequests } from './crashes.ts';
import { Ledger } from './ledger.ts';
import { CHORE_TYPE } from './loads/offline.ts';
import type { Random } from './random.ts';
import { WatchedClient } from './watched-client.ts';

/** Noon in Madrid, well inside the service day. */
export const START = '2026-06-03T10:00:00Z';
export const SERVICE_DAY = '2026-06-03';
/** Actors that work for one company side by side. */
export const ACTORS = 3;

/** A company under load. */
export interface Tenant {
  readonly at: number;
  readonly company: Company;
  /** In every text of the company, and in nothing of anybody else. */
  readonly canary: string;
  readonly admin: User;
  readonly manager: User;
  readonly member: User;
  readonly client: WatchedClient;
  /** With a unit for each actor. */
  readonly property: number;
  /** Where imported bookings go. */
  readonly importProperty: number;
  /** Where the bookings of its calendar go, and the stays that the channel tells of so far. */
  readonly feedProperty: number;
  readonly feed: string;
  readonly stays: { told: number };
  /** Its key at the AI service; undefined where it uses the shared tier. */
  readonly aiKey: string | undefined;
  readonly googleAccount: string;
  readonly discordToken: string;
}

/** Everything that the campaign works on. */
export interface World {
  readonly cloud: TestCloud;
  readonly random: Random;
  readonly crashes: Crashes;
  readonly answers: Answers;
  readonly ledger: Ledger;
  readonly receiver: WebhookReceiver;
  readonly google: Google;
  readonly tenants: readonly Tenant[];
  readonly operator: WatchedClient;
  /** How the receiver of webhooks and the channel of calendars answer; undefined: well. */
  readonly receiving: { fault: 'error' | 'busy' | undefined };
  /** The company's people, signed in anew: sessions of the load may be over. */
  signIn(tenant: Tenant, person?: User): Promise<WatchedClient>;
  signInOperator(): Promise<WatchedClient>;
  close(): Promise<void>;
}

/** Starts the local cloud with its companies, all connected to everything. */
export async function createWorld(companies: number, random: Random): Promise<World> {
  watchRequests();
  const crashes = new Crashes();
  const listened = crashes.listen();
  const [cloud, receiver] = await Promise.all([
    startTestCloud({ clock: START, around: crashes.around }),
    startWebhookReceiver(),
  ]);
  const answers = new Answers(crashes);
  const csrf = await cloud.client.csrfPair();
  const world = { cloud, receiver, answers, csrf, google: new Google(cloud) };
  const tenants: Tenant[] = [];
  for (let at = 0; at < companies; at += 1) tenants.push(await aTenant(world, at));
  answers.watch(tenants);
  const receiving: World['receiving'] = { fault: undefined };
  receiver.answer = ({ path }) => {
    if (receiving.fault !== undefined) return { status: receiving.fault === 'error' ? 500 : 429 };
    const feed = tenants.find(({ at }) => path.includes(`/feed-${at}.ics`));
    return feed === undefined ? { status: 204 } : { status: 200, body: feedOf(feed) };
  };
  const superadmin = await cloud.given.aUser(await cloud.given.aCompany({ nombre: 'Plataforma' }), {
    es_superadmin: true,
  });
  const signIn = async ({ email }: User, tenant: number | undefined) =>
    new WatchedClient(await cloud.client.signIn(email, PASSWORD), { tenant, answers, csrf });
  return {
    ...world,
    random,
    crashes,
    ledger: new Ledger(),
    tenants,
    operator: await signIn(superadmin, undefined),
    receiving,
    signIn: (tenant, person = tenant.admin) => signIn(person, tenant.at),
    signInOperator: () => signIn(superadmin, undefined),
    async close() {
      await cloud.close();
      await receiver.close();
      listened();
    },
  };
}

interface Ground extends Pick<World, 'cloud' | 'receiver' | 'answers' | 'google'> {
  readonly csrf: Record<string, string>;
}

async function aTenant({ cloud, receiver, answers, google, csrf }: Ground, at: number): Promise<Tenant> {
  const canary = `canario${at}x`;
  const company = await cloud.given.aCompany({ nombre: `Casas ${canary}`, email: `casas@${canary}.example.com` });
  await cloud.given.lateCheckin(company, {
    col_nombre: 'A',
    col_checkin: 'B',
    col_hora_llegada: 'C',
    col_telefono: 'D',
    col_apartamento: 'E',
  });
  const person = (role: User['role']) =>
    cloud.given.aUser(company, { role, email: `${role}@${canary}.example.com`, username: `${role}.${canary}` });
  const [admin, manager, member] = [await person('admin'), await person('manager'), await person('member')];
  const client = new WatchedClient(await cloud.client.signIn(admin.email, PASSWORD), { tenant: at, answers, csrf });
  for (const { email, role } of [admin, manager, member]) {
    await registerDevice(await cloud.client.signIn(email, PASSWORD), `${role}-${canary}`);
  }
  const homes = new GivenBookings(cloud, company.id);
  const units = Array.from({ length: ACTORS }, (_, unit) => String(unit));
  const property = await homes.aProperty({ name: `Casa ${canary}` }, units);
  const importProperty = await homes.aProperty({ name: `Importada ${canary}` });
  const feedProperty = await homes.aProperty({ name: `Canal ${canary}` });
  const api = client.client;

  const account = google.anAccount(`agenda@${canary}.example.com`);
  await google.connect(api, account);
  const discordToken = `canal-${canary}`;
  const channel = { webhook_url: `https://discord.com/api/webhooks/${100 + at}/${discordToken}` };
  await api.write('PUT', '/api/perfil/integraciones/discord', channel);
  const aiKey = at % 2 === 0 ? `clave-${canary}` : undefined;
  const own = { proveedor: 'gemini', modelo: 'gemini-2.5-flash', api_key: aiKey };
  if (aiKey !== undefined) await api.write('PUT', '/api/perfil/integraciones/ia', own);
  const pms = { proveedor: 'smoobu', api_key: DEMO_KEYS.smoobu };
  if (at % 2 === 1) await api.write('PUT', '/api/perfil/integraciones/pms', pms);
  const items = [{ title: 'Report', item_type: 'text_input' }];
  await api.call('POST', '/api/checklists/create/', { body: { name: canary, task_type: CHORE_TYPE, items } });
  const base = receiver.url.slice(0, receiver.url.lastIndexOf('/'));
  const endpoint = { url: `${base}/hooks-${canary}`, event_types: ['*'], description: canary };
  await api.call('POST', '/api/webhooks/endpoints/', { body: endpoint });
  const wanted = { property: feedProperty.id, url: `${base}/feed-${at}.ics`, name: `Canal ${canary}` };
  const feed = await api.call('POST', '/api/calendar-feeds/', { body: wanted });
  await cloud.cloud.drain();
  return {
    at,
    company,
    canary,
    admin,
    manager,
    member,
    client,
    property: property.id,
    importProperty: importProperty.id,
    feedProperty: feedProperty.id,
    feed: String(feed.body.id),
    stays: { told: 0 },
    aiKey,
    googleAccount: account,
    discordToken,
  };
}

/** The company's calendar at the channel: one stay of two nights after the other. */
function feedOf({ stays, canary }: Tenant): string {
  const day = (at: number) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10);
  const events = Array.from({ length: stays.told }, (_, at) => {
    return { uid: `stay-${at}-${canary}@airbnb.com`, from: day(2 * at), until: day(2 * at + 2) };
  });
  return calendarText('airbnb', events);
}
