import { join } from 'node:path';
import { type AwsAccess, awsAccess, awsVariables } from './host/aws-environment.ts';
import { type CloudServices, closeServices, provision, startServices } from './host/cloud-services.ts';
import { type EventDelivery, startEventDelivery } from './host/event-delivery.ts';
import { functionEnvironment, localVariables } from './host/function-environment.ts';
import { type AroundInvocation, type FunctionHost, startFunctionHost } from './host/function-host.ts';
import { createLocalClock, type LocalClock } from './host/local-clock.ts';
import { overlayProcessEnvironment } from './host/process-environment.ts';
import { type Outbox, openOutbox } from './outbox/outbox.ts';
import { withIssuedSecrets } from './partners/issued-secrets.ts';
import { type PartnerServer, startPartner } from './partners/partner-server.ts';
import { createPartners } from './partners/partners.ts';
import { issuedServiceAccount } from './partners/service-account.ts';
import { synthesise } from './template/synthesise.ts';
import { readSystem, type SystemDefinition } from './template/system.ts';
import type { Place, Templates } from './template/template.ts';

export interface PartsOptions {
  /** Where data outlive the process; undefined keeps nothing. */
  readonly dataDirectory: string | undefined;
  readonly rateLimits: boolean;
  /** The instant to start from; the machine's own when absent. */
  readonly clock?: Date;
  /** Says nothing of functions that fail, and lets them log nothing. */
  readonly quiet?: boolean;
  /** The templates of the system where somebody has synthesised them already. */
  readonly templates?: Templates | Promise<Templates>;
  /** Stands around every call of a function. */
  readonly around?: AroundInvocation;
  /** Variables of functions that differ from the template. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Everything that runs, from the bottom up. */
export interface LocalParts {
  readonly access: AwsAccess;
  readonly place: Place;
  readonly clock: LocalClock;
  readonly system: SystemDefinition;
  readonly services: CloudServices;
  readonly outbox: Outbox;
  readonly partners: readonly PartnerServer[];
  readonly host: FunctionHost;
  readonly delivery: EventDelivery;
  readonly queueUrl: (queueName: string) => string;
}

const ACCOUNT = '000000000000';
const ROOT = join(import.meta.dirname, '..', '..');
const SWEEP_INTERVAL_MS = 60_000;

/** Starts everything behind the front door; `held` is told how each part is ended. */
export async function startParts(
  options: PartsOptions & { readonly address: string },
  held: AsyncDisposableStack,
): Promise<LocalParts> {
  const { dataDirectory, address } = options;
  const own = { ...process.env };
  const access = awsAccess(own);
  const place: Place = { partition: 'aws', account: ACCOUNT, region: access.region };
  const clock = createLocalClock(options.clock);
  held.defer(() => clock.set(undefined));
  let delivery: EventDelivery | undefined;
  const onObjectCreated: EventDelivery['objectCreated'] = (record) => delivery?.objectCreated(record);

  const starting = startServices({ access, place, dataDirectory, now: clock.now, onObjectCreated });
  held.defer(() => starting.then(closeServices, () => undefined));
  const making = [options.templates ?? synthesise(), starting, issuedServiceAccount()] as const;
  const [templates, services, serviceAccount] = await Promise.all(making);
  const queueUrl = (name: string) => `${services.endpoints.SQS}/${place.account}/${name}`;
  const declared = readSystem(templates, { place, queueUrl });
  const system = { ...declared, secrets: withIssuedSecrets(declared.secrets, own, serviceAccount) };
  const aws = awsVariables(access, services.endpoints, own);
  held.defer(overlayProcessEnvironment(aws));

  const outbox = openOutbox(dataDirectory);
  const ownAddress = {
    GOOGLE_REDIRECT_URI: `${address}/api/contactos/google/callback`,
    PUBLIC_BASE_URL: `${address}/api`,
  };
  const limits = !options.rateLimits && { RATE_LIMITS: 'off' };
  const variables = localVariables(own, { ...ownAddress, ...limits, ...quietly(options) });
  const partners = await startPartners(system, { ...variables, ...options.environment }, { outbox, clock, held });
  const addresses = Object.fromEntries(partners.map(({ addressVariable, address }) => [addressVariable, address]));
  const overrides = { variables: { ...addresses, ...variables, ...options.environment }, queueUrl };
  const [host] = await Promise.all([
    startFunctionHost({
      functions: system.functions,
      root: ROOT,
      environmentOf: (definition) => functionEnvironment(definition, aws, overrides),
      onFailure: (name, error) => options.quiet || console.error(`${name} failed`, error),
      around: options.around,
    }),
    provision(services, system),
  ]);
  delivery = startEventDelivery({ system, place, dataDirectory, queueUrl, now: clock.now, invoke: host.invoke });
  held.defer(delivery.close);
  const sweep = setInterval(() => services.s3?.sweep(), SWEEP_INTERVAL_MS);
  held.defer(() => clearInterval(sweep.unref()));
  return { access, place, clock, system, services, outbox, partners, host, delivery, queueUrl };
}

function quietly({ quiet }: PartsOptions): Record<string, string> {
  return quiet === true ? { POWERTOOLS_LOG_LEVEL: 'SILENT' } : {};
}

async function startPartners(
  system: SystemDefinition,
  overrides: Readonly<Record<string, string>>,
  { outbox, clock, held }: { outbox: Outbox; clock: LocalClock; held: AsyncDisposableStack },
): Promise<readonly PartnerServer[]> {
  const fromTemplate = Object.assign({}, ...system.functions.map(({ environment }) => environment));
  const partners = createPartners({
    outbox,
    now: clock.now,
    variable: (name) => String({ ...fromTemplate, ...overrides }[name] ?? ''),
    secret: (name) => system.secrets.find((secret) => secret.name.endsWith(`/${name}`))?.properties.SecretString ?? '',
  });
  const started = await Promise.all(partners.map(startPartner));
  for (const partner of started) held.defer(() => partner.close());
  return started;
}
