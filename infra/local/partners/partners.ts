import type { Outbox } from '../outbox/outbox.ts';
import { anthropic } from './ai-anthropic.ts';
import { gemini } from './ai-gemini.ts';
import { openai } from './ai-openai.ts';
import { discord } from './discord.ts';
import { fcm } from './fcm.ts';
import { google } from './google.ts';
import { mailgun } from './mailgun.ts';
import type { Partner } from './partner.ts';
import { beds24 } from './pms-beds24.ts';
import { cloudbeds } from './pms-cloudbeds.ts';
import { hostaway } from './pms-hostaway.ts';
import { smoobu } from './pms-smoobu.ts';
import { ServiceAccountGrants } from './service-account.ts';
import { turnstile } from './turnstile.ts';

/** What stand-ins are made from. */
export interface PartnerContext {
  readonly outbox: Outbox;
  readonly now: () => Date;
  /** A variable as the functions have it, wherever it is set. */
  readonly variable: (name: string) => string;
  /** What the template puts into the secret of this name. */
  readonly secret: (name: string) => string;
}

/** The stand-ins for all third-party services. */
export function createPartners({ outbox, now, variable, secret }: PartnerContext): readonly Partner[] {
  const serviceGrants = new ServiceAccountGrants(now, () => secret('FCM_SERVICE_ACCOUNT'));
  const googleClient = { clientId: variable('GOOGLE_CLIENT_ID'), clientSecret: () => secret('GOOGLE_CLIENT_SECRET') };
  return [
    mailgun({ outbox, now, domain: variable('MAILGUN_DOMAIN'), apiKey: () => secret('MAILGUN_API_KEY') }),
    smoobu({ now }),
    beds24({ now }),
    hostaway({ now }),
    cloudbeds({ now }),
    gemini(),
    openai(),
    anthropic(),
    turnstile({ now, secret: () => secret('TURNSTILE_SECRET_KEY') }),
    discord(),
    fcm(serviceGrants),
    ...google({ now, ...googleClient, serviceGrants }),
  ];
}
