import type { Outbox } from '../outbox/outbox.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';

interface MailgunOptions {
  readonly outbox: Outbox;
  readonly now: () => Date;
  /** The sending domain of the account. */
  readonly domain: string;
  /** The key that opens the account. */
  readonly apiKey: () => string;
}

const MESSAGES_PATH = /^\/v3\/([^/]+)\/messages$/;
const MAX_RECIPIENTS = 1000;
const MAX_EXTRA_BYTES = 16_000;
/** `Name <mail@host>` or `mail@host`. */
const ADDRESS = /^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
/** Commas outside of a quoted name. */
const COMMA = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

const FORBIDDEN: PartnerAnswer = { status: 401, body: 'Forbidden' };

/** Mailgun's messages call (`integrations.md` §4.1): takes mails and puts them into the outbox. */
export function mailgun(options: MailgunOptions): Partner {
  return {
    name: 'mailgun',
    addressVariable: 'MAILGUN_BASE_URL',
    faults: {
      down: { status: 503, body: { message: 'Service Unavailable' } },
      '401': FORBIDDEN,
      '429': { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too Many Requests' } },
    },
    keyOf: ({ headers }) => headers.authorization,
    async answer(request) {
      const [, domain] = MESSAGES_PATH.exec(request.path) ?? [];
      if (domain === undefined) return { status: 404, body: 'not found' };
      if (request.method !== 'POST') return { status: 405, body: { message: 'Method not allowed' } };
      if (request.headers.authorization !== basic(options.apiKey())) return FORBIDDEN;
      if (decodeURIComponent(domain) !== options.domain) {
        return { status: 404, body: { message: `Domain not found: ${decodeURIComponent(domain)}` } };
      }
      const form = await readForm(request);
      if (form === undefined) return badRequest('from parameter is missing');
      const problem = problemWith(form);
      return problem === undefined ? queue(form, options) : badRequest(problem);
    },
    reset: () => undefined,
  };
}

function basic(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
}

function badRequest(message: string): PartnerAnswer {
  return { status: 400, body: { message } };
}

/** The parsed form; undefined when the body is none. */
async function readForm({ headers, body }: PartnerRequest): Promise<FormData | undefined> {
  const contentType = headers['content-type'] ?? '';
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return undefined;
  }
}

/** All values of a field as one comma-separated text. */
function joined(form: FormData, field: string): string {
  return form
    .getAll(field)
    .filter((value) => typeof value === 'string')
    .join(', ');
}

function recipientsOf(form: FormData, field: string): string[] {
  return joined(form, field)
    .split(COMMA)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** What Mailgun would say is wrong; undefined when nothing is. */
function problemWith(form: FormData): string | undefined {
  for (const field of ['from', 'to'] as const) {
    if (recipientsOf(form, field).length === 0) return `${field} parameter is missing`;
  }
  for (const field of ['from', 'to', 'cc', 'bcc'] as const) {
    const wrong = recipientsOf(form, field).find((address) => !ADDRESS.test(address));
    if (wrong !== undefined) return `${field} parameter is not a valid address. please check documentation`;
  }
  const recipients = ['to', 'cc', 'bcc'].flatMap((field) => recipientsOf(form, field));
  if (recipients.length > MAX_RECIPIENTS) return `Too many recipients: ${recipients.length} (limit ${MAX_RECIPIENTS})`;
  const has = (field: string) => joined(form, field) !== '';
  if (!['text', 'html', 'amp-html', 'template'].some(has)) {
    return "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified";
  }
  if (has('html') && has('template')) return "Only one of 'html' or 'template' may be specified";
  const extra = [...form].filter(([field]) => /^[ohv]:/.test(field));
  const extraBytes = extra.reduce((sum, [field, value]) => sum + Buffer.byteLength(`${field}${String(value)}`), 0);
  return extraBytes > MAX_EXTRA_BYTES ? "Total size of 'o:', 'h:' and 'v:' parameters exceeds 16 kB" : undefined;
}

function queue(form: FormData, { outbox, now, domain }: MailgunOptions): PartnerAnswer {
  const date = now();
  const stamp = date.toISOString().replace(/\D/g, '').slice(0, 14);
  const id = `<${stamp}.${String(outbox.list().length + 1).padStart(6, '0')}@${domain}>`;
  // `o:testmode` is taken like any other mail and goes nowhere.
  if (joined(form, 'o:testmode') !== 'yes') {
    const optional = (name: 'cc' | 'bcc' | 'html') => {
      const value = joined(form, name);
      return value === '' ? {} : { [name]: value };
    };
    outbox.add({
      id,
      date: date.toISOString(),
      from: joined(form, 'from'),
      to: joined(form, 'to'),
      subject: joined(form, 'subject'),
      text: joined(form, 'text'),
      ...optional('cc'),
      ...optional('bcc'),
      ...optional('html'),
      headers: headersOf(form),
      attachments: ['attachment', 'inline'].flatMap((field) =>
        form.getAll(field).flatMap((file) => (typeof file === 'string' ? [] : [{ name: file.name, bytes: file.size }])),
      ),
    });
  }
  return { status: 200, body: { id, message: 'Queued. Thank you.' } };
}

function headersOf(form: FormData): Record<string, string> {
  const named = [...form].filter(([field, value]) => field.startsWith('h:') && typeof value === 'string');
  return Object.fromEntries(named.map(([field, value]) => [field.slice('h:'.length), String(value)]));
}
