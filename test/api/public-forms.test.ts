import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const ACCESS = {
  company_name: 'Sol & Mar',
  company_email: ' Hola@SolYMar.example.com ',
  country_code: 'es',
  phone: '612 345 678',
  is_member: true,
  message: 'Queremos empezar en junio.',
  turnstile_token: 'token',
  privacy_accepted: true,
  website: '',
};
const CONTACT = {
  nombre: 'Ana García',
  email: 'ana@example.com',
  empresa: '',
  mensaje: 'Hola, tengo una pregunta.',
  turnstile_token: 'token',
  website: '',
};
const RECIPIENT = 'equipo@example.com';

let cloud: TestCloud;
let made = 0;
beforeAll(async () => {
  vi.stubEnv('MAIL_RECIPIENT', RECIPIENT);
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
});
afterAll(async () => {
  await cloud.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  for (const each of cloud.cloud.partners) each.reset();
  cloud.cloud.outbox.clear();
});

function partner(name: string) {
  const found = cloud.cloud.partners.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no partner ${name}`);
  return found;
}

/** Sends a form with a captcha of its own, and waits for what follows. */
async function send(path: string, body: object) {
  made += 1;
  const answer = await cloud.client.write('POST', path, { turnstile_token: `token-${made}`, ...body });
  await cloud.cloud.drain();
  return answer;
}
const { turnstile_token: _, ...access } = ACCESS;
const { turnstile_token: __, ...contact } = CONTACT;

interface Posted {
  readonly webhook: string;
  readonly allowed_mentions: unknown;
  readonly embeds: readonly {
    title: string;
    description: string;
    color: number;
    fields: { name: string; value: string }[];
  }[];
}
const posted = () => (partner('discord').data?.get() as { posted: readonly Posted[] } | undefined)?.posted ?? [];
const cards = () => posted().map(({ embeds: [card] }) => card);

describe('POST /api/contact', () => {
  it('tells the operator by mail and by Discord', async () => {
    const answer = await send('/api/contact', access);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, message: expect.stringContaining('solicitud') }]);
    const [mail] = cloud.mails();
    expect(mail).toMatchObject({ to: RECIPIENT, subject: '[Stay Sidekick] Solicitud de acceso · Sol & Mar' });
    expect(mail?.text.replaceAll('\r\n', '\n')).toBe(
      'Empresa: Sol & Mar\nCorreo: hola@solymar.example.com\nTeléfono: +34612345678\nMiembro: sí\n\nMensaje:\nQueremos empezar en junio.\n',
    );
    expect(mail?.html).toBeUndefined();
    expect(posted()).toMatchObject([{ webhook: 'local-solicitudes', allowed_mentions: { parse: [] } }]);
    const [card] = cards();
    expect(card).toMatchObject({ description: 'Queremos empezar en junio.', color: 0x58_65_f2 });
    expect(card?.fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'Empresa=Sol & Mar',
      'Email=hola@solymar.example.com',
      'Teléfono=+34612345678',
      'Miembro=Sí',
    ]);
  });

  it('says so when there is no message', async () => {
    await send('/api/contact', { ...access, message: null, is_member: 'no', website: undefined });
    expect(cards()).toMatchObject([{ description: 'Sin mensaje.' }]);
    expect(cloud.mails()[0]?.text).toContain('Miembro: no');
  });

  it('reports all that is wrong at once, each with its field', async () => {
    const answer = await send('/api/contact', {
      ...access,
      company_name: ' ',
      company_email: 'nada',
      country_code: 'XX',
      is_member: null,
      privacy_accepted: false,
    });
    expect(answer.status).toBe(422);
    expect((answer.body.errors as string[]).map((text) => text.split(':')[0])).toEqual([
      'company_name',
      'company_email',
      'country_code',
      'is_member',
      'privacy_accepted',
    ]);
    expect(partner('turnstile').calls()).toBe(0);
  });

  it.each([
    ['123', 'ES', 422],
    ['0034612345678', 'ES', 200],
    ['+33 6 12 34 56 78', 'ES', 200],
    ['0034 612 345 678', 'US', 200],
  ])('the phone %s of %s answers %i', async (phone, country_code, status) => {
    expect((await send('/api/contact', { ...access, phone, country_code })).status).toBe(status);
  });

  it.each([' ', 'http://spam.example.com'])('a honeypot with %j is a 422 like any other', async (website) => {
    const answer = await send('/api/contact', { ...access, website });
    expect([answer.status, answer.body.errors]).toEqual([422, ['website: Deja este campo vacío.']]);
    expect([partner('turnstile').calls(), cloud.mails()]).toEqual([0, []]);
  });
});

describe('POST /api/contacto', () => {
  it('tells the other channel, and nobody by mail', async () => {
    const answer = await send('/api/contacto', { ...contact, empresa: 'Sol' });
    expect([answer.status, answer.body]).toEqual([200, { ok: true, message: expect.stringContaining('mensaje') }]);
    expect(posted()).toMatchObject([{ webhook: 'local-contacto' }]);
    expect(cards()).toMatchObject([{ color: 0x57_f2_87, description: 'Hola, tengo una pregunta.' }]);
    expect(cards()[0]?.fields.map(({ value }) => value)).toEqual(['Ana García', 'ana@example.com', 'Sol']);
    expect(cloud.mails()).toEqual([]);
  });

  it('reports in plain sentences', async () => {
    const answer = await send('/api/contacto', { ...contact, nombre: '', email: null, mensaje: 'corto' });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      ['Escribe tu nombre.', 'Escribe tu correo.', 'El mensaje debe tener al menos 10 caracteres.'],
    ]);
  });
});

describe('what strangers write', () => {
  it('arrives whole where a field would be cut', async () => {
    const long = `${'Una frase bastante larga. '.repeat(76)}Fin.`;
    await send('/api/contacto', { ...contact, mensaje: long });
    expect(long.length).toBeGreaterThan(1_900);
    expect(cards()).toMatchObject([{ description: long }]);
    await send('/api/contact', { ...access, message: '*'.repeat(2_000) });
    expect(cloud.mails()[0]?.text).toContain('*'.repeat(2_000));
    expect(cards()[1]?.description).toBe('\\*'.repeat(2_000));
  });

  it('is text and nothing else: no HTML, no markup, no second line in a subject, nobody pinged', async () => {
    const nasty = '<script>x</script><b>Hola</b>\u202e @everyone [pulsa](https://example.com)';
    await send('/api/contact', { ...access, company_name: 'Sol\r\nBcc: otra@example.com<i>', message: nasty });
    const [mail] = cloud.mails();
    expect(mail?.subject).toBe('[Stay Sidekick] Solicitud de acceso · Sol Bcc: otra@example.com');
    expect(mail?.text).toContain('Hola @everyone [pulsa](https://example.com)');
    expect(cards()[0]?.description).toBe('Hola @everyone \\[pulsa\\](https://example.com)');
    expect(posted()[0]?.allowed_mentions).toEqual({ parse: [] });
  });
});

describe('the captcha', () => {
  it('refuses with the status of each form, and nothing is sent', async () => {
    const bad = { turnstile_token: 'bad' };
    expect((await send('/api/contact', { ...access, ...bad })).status).toBe(403);
    const answer = await send('/api/contacto', { ...contact, ...bad });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringContaining('robot')]]);
    expect([cloud.mails(), posted()]).toEqual([[], []]);
  });

  it('is asked once for each form, with our secret; a token passes once', async () => {
    const same = { turnstile_token: 'same' };
    expect((await send('/api/contacto', { ...contact, ...same })).status).toBe(200);
    expect((await send('/api/contacto', { ...contact, ...same })).status).toBe(422);
    expect(partner('turnstile').calls()).toBe(2);
    expect(
      new Set(
        partner('turnstile')
          .recorded()
          .map(({ key }) => key),
      ).size,
    ).toBe(1);
  });

  it.each(['down', '401', '429', 'refuse', 'half_page'] as const)(
    'lets nobody in while the service answers with `%s`',
    async (fault) => {
      partner('turnstile').fault.set({ fault });
      expect((await send('/api/contact', access)).status).toBe(403);
      expect((await send('/api/contacto', contact)).status).toBe(422);
      expect([cloud.mails(), posted()]).toEqual([[], []]);
    },
  );

  it('is asked again where the service stumbles once', async () => {
    partner('turnstile').fault.set({ fault: 'refuse', times: 1 });
    expect((await send('/api/contacto', contact)).status).toBe(200);
  });

  it('cannot be checked without a token', async () => {
    expect((await send('/api/contact', { ...access, turnstile_token: ' ' })).status).toBe(422);
    expect((await send('/api/contacto', { ...contact, turnstile_token: undefined })).status).toBe(422);
  });
});

describe('when a channel is down the answer is the same', () => {
  it('mail waits for its next try, Discord has it', async () => {
    cloud.failMails('down', 1);
    expect((await send('/api/contact', access)).status).toBe(200);
    expect([cloud.mails().length, posted().length]).toEqual([0, 1]);
    cloud.cloud.advanceQueues(3_600_000);
    await cloud.cloud.drain();
    expect([cloud.mails().length, posted().length]).toEqual([1, 1]);
  });

  it.each(['down', '429', 'refuse'] as const)(
    'Discord with `%s` waits for its next try, mail has left',
    async (fault) => {
      partner('discord').fault.set({ fault, times: 1 });
      expect((await send('/api/contact', access)).status).toBe(200);
      expect([cloud.mails().length, posted().length]).toEqual([1, 0]);
      cloud.cloud.advanceQueues(3_600_000);
      await cloud.cloud.drain();
      expect([cloud.mails().length, posted().length]).toEqual([1, 1]);
    },
  );

  it('a webhook that was deleted is given up at once, visibly', async () => {
    partner('discord').data?.merge({ deleted: ['local-contacto'] });
    expect((await send('/api/contacto', contact)).status).toBe(200);
    cloud.cloud.advanceQueues(3_600_000);
    await cloud.cloud.drain();
    expect(partner('discord').calls()).toBe(1);
    const { items } = await cloud.table.query({ pk: 'T#00000000-0000-0000-0000-000000000000#OUTBOX' });
    expect(items.at(-1)).toMatchObject({ kind: 'discord', estado: 'rechazado' });
    expect(items.filter((item) => 'content' in item)).toEqual([]);
  });
});

it('neither form works without the CSRF pair, nor with a body that is none', async () => {
  for (const path of ['/api/contact', '/api/contacto']) {
    expect((await cloud.client.call('POST', path, { body: ACCESS })).status).toBe(403);
    expect((await cloud.client.write('POST', path)).status).toBe(400);
    expect((await cloud.client.write('POST', path, {})).status).toBe(422);
  }
});
