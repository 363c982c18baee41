import type { SecretStore } from '../secrets/secret-store.ts';

/** A mail in plain text. `id` is ours and travels along, so that a mail can be traced without its content. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /**
   * Hands the mail to Mailgun.
   * @throws MailRefused when it can never be sent as it is
   * @throws MailUndelivered when a later try may succeed
   */
  send(mail: Mail): Promise<void>;
}

/** Mailgun will not take this mail, now or later (400: an address or a field is wrong). */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

/** Mailgun did not take this mail this time: it was down, busy, slow, or our key or domain is not in order. */
export class MailUndelivered extends Error {
  override readonly name = 'MailUndelivered';
}

export interface MailgunSettings {
  readonly baseUrl: string;
  readonly domain: string;
  readonly sender: string;
}

/** Total time for one call (`integrations.md` §0.2). */
const TIMEOUT_MS = 20_000;

function formOf(mail: Mail, sender: string): FormData {
  const form = new FormData();
  form.set('from', sender);
  form.set('to', mail.to);
  form.set('subject', mail.subject);
  form.set('text', mail.text);
  form.set('v:ops_id', mail.id);
  form.set('h:X-Ops-Id', mail.id);
  form.set('o:tracking', 'no');
  form.set('o:require-tls', 'true');
  return form;
}

/** Client of Mailgun's messages call (`integrations.md` §4.1). One attempt: the queue is what tries again. */
export function mailgunMailer(settings: MailgunSettings, secrets: SecretStore): Mailer {
  const address = `${settings.baseUrl}/v3/${settings.domain}/messages`;
  return {
    async send(mail) {
      const apiKey = await secrets.read('MAILGUN_API_KEY');
      const headers = { Authorization: `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}` };
      const body = formOf(mail, settings.sender);
      const answer = await fetch(address, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new MailUndelivered('Mailgun could not be reached', { cause });
      });
      await answer.body?.cancel();
      if (answer.status === 400) throw new MailRefused('Mailgun answered 400');
      if (!answer.ok) throw new MailUndelivered(`Mailgun answered ${answer.status}`);
    },
  };
}
