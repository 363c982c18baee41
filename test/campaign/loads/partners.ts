import { sheetWorkbook } from '../../../infra/local/demo/sheet-workbook.ts';
import type { Actor, Step } from '../actor.ts';

let phones = 0;

/** Guests of a workbook, brought to the company's address book at Google. */
async function syncContacts(actor: Actor): Promise<void> {
  const { tenant, world, random } = actor;
  const entries = Array.from({ length: random.between(1, 4) }, () => world.ledger.open('contact', tenant.at));
  const guests = entries.map(({ marker }) => {
    phones += 1;
    return [`${tenant.canary} ${marker} v1`, `6${String(phones).padStart(8, '0')}`];
  });
  const bytes = await sheetWorkbook([['Huésped', 'Móvil'], ...guests]);
  const raw = new FormData();
  raw.set('file', new File([new Uint8Array(bytes)], 'reservas.xlsx'));
  const { outcome, answer } = await actor.send('POST', '/api/contactos/xlsx/sincronizacion', { raw });
  // A 202 goes on in the queue: its end is told by the sync itself.
  const isOver = answer?.status === 200;
  for (const entry of entries) entry.settle(outcome === 'done' && !isOver ? 'unknown' : outcome, 'v1');
}

async function draft(actor: Actor): Promise<void> {
  const { tenant, world } = actor;
  const thing = actor.some('template');
  if (thing === undefined) return;
  const entry = world.ledger.open('draft', tenant.at);
  const body = { contenido: `Hola {NOMBRE} ${actor.text(entry, 'v1')}`, idioma: 'es' };
  const { outcome } = await actor.write('POST', `/api/vault/plantillas/${thing.id}/mejoras`, body);
  entry.settle(outcome, 'v1');
}

/** The channel tells of one more stay, and somebody asks for it. */
async function pollCalendar(actor: Actor): Promise<void> {
  const { tenant } = actor;
  tenant.stays.told += 1;
  await actor.write('POST', `/api/calendar-feeds/${tenant.feed}/poll/`);
}

/** A form of the web site: a card to the operator, if all goes well. */
async function contact(actor: Actor): Promise<void> {
  const { world } = actor;
  const entry = world.ledger.open('form', actor.tenant.at);
  const fields = { nombre: 'Ana', email: 'ana@example.com', empresa: '', website: '' };
  const token = { turnstile_token: `token-${entry.marker}` };
  const { outcome } = await actor.write('POST', '/api/contacto', {
    ...fields,
    mensaje: `Una pregunta: ${entry.marker}`,
    ...token,
  });
  entry.settle(outcome, 'v1');
}

/** Whatever ends at somebody else's service. */
export const PARTNERS: readonly Step[] = [
  { name: 'sync contacts', weight: 1.5, run: syncContacts },
  { name: 'draft', weight: 2, run: draft },
  { name: 'poll calendar', weight: 1, run: pollCalendar },
  { name: 'contact form', weight: 1, run: contact },
];
