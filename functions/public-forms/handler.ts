import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import { turnstile } from '../../shared/platform/captcha/turnstile.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { partnerAddress } from '../../shared/platform/outbound/partner-address.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { PLATFORM_ID, TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { publicFormsEnvironment } from './env.ts';
import { accessForm, contactForm } from './operations/forms.ts';
import { receiveForm } from './operations/receive-form.ts';
import { publicFormsRoutes } from './routes.ts';

const env = readEnvironment(publicFormsEnvironment);
const http = httpDeps(env);
const scope = new TenantScope(http.table, PLATFORM_ID);
const deps = {
  captcha: turnstile({
    base: partnerAddress('TURNSTILE_BASE_URL', env.TURNSTILE_BASE_URL, {
      hosts: ['challenges.cloudflare.com'],
      allowed: env.PARTNER_HOSTS,
    }),
    secret: () => http.secrets.read('TURNSTILE_SECRET_KEY'),
    hostnames: env.TURNSTILE_HOSTNAMES.split(',').flatMap((name) => name.trim() || []),
    refusesTestSecrets: env.PARTNER_HOSTS === 'official',
    callOut,
  }),
  outbox: new OutboxRepository(scope),
  commit: scope.table.transact.bind(scope.table),
  queue: workQueue(env.WORK_QUEUE_URL),
  platformId: PLATFORM_ID,
  clock: http.clock,
  ids: randomIds,
  log: http.log,
};
const access = accessForm(env.MAIL_RECIPIENT);

export const handler = defineHttpFunction(
  {
    ...publicFormsRoutes,
    solicitarAcceso: { ...publicFormsRoutes.solicitarAcceso, rateLimit: env.RATE_LIMIT_CONTACT },
  },
  {
    solicitarAcceso: (request) => receiveForm(deps, access, request),
    contactar: (request) => receiveForm(deps, contactForm, request),
  },
  http,
);
