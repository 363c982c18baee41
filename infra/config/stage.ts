import * as z from 'zod';
import manifest from '../../package.json' with { type: 'json' };

/** Days for which CloudWatch keeps a log group's lines. */
type LogRetentionDays = 1 | 14 | 90;

/** Environment variables whose values depend on the stage alone, under the names that the functions read. */
interface StageSettings {
  readonly AI_CLAUDE_MODELS: string;
  readonly AI_DEFAULT_MODEL: string;
  readonly AI_DEFAULT_PROVIDER: 'gemini' | 'openai' | 'claude';
  readonly AI_FREE_LIMIT_DAILY: string;
  readonly AI_FREE_LIMIT_WEEKLY: string;
  readonly AI_GEMINI_MODELS: string;
  readonly AI_OPENAI_MODELS: string;
  readonly ALLOWED_ORIGINS: string;
  readonly ANTHROPIC_BASE_URL: string;
  readonly BEDS24_BASE_URL: string;
  readonly CLOUDBEDS_BASE_URL: string;
  readonly DISCORD_BASE_URL: string;
  /** What the edge shows to prove that a call came through it; empty where the API itself is the edge. */
  readonly EDGE_KEY: string;
  readonly FCM_BASE_URL: string;
  readonly GEMINI_BASE_URL: string;
  /** Where the panel lives; Google sends people back to it. */
  readonly FRONTEND_BASE_URL: string;
  readonly GOOGLE_ACCOUNTS_BASE_URL: string;
  readonly GOOGLE_CLIENT_ID: string;
  readonly GOOGLE_OAUTH_BASE_URL: string;
  readonly GOOGLE_PEOPLE_BASE_URL: string;
  /** As it is registered with Google, byte for byte. */
  readonly GOOGLE_REDIRECT_URI: string;
  readonly HOSTAWAY_BASE_URL: string;
  readonly JWT_ACCESS_TOKEN_HOURS: string;
  readonly MAILGUN_BASE_URL: string;
  readonly MAILGUN_DOMAIN: string;
  /** Who reads access requests; nobody by mail when empty. */
  readonly MAIL_RECIPIENT: string;
  readonly MAIL_SENDER: string;
  readonly OPENAI_BASE_URL: string;
  /** Whether credentials may travel to the partners' own hosts only. */
  readonly PARTNER_HOSTS: 'official' | 'any';
  /** Whether tenants' own addresses may lie on this machine. */
  readonly PRIVATE_TARGETS: 'allow' | 'refuse';
  readonly PASSWORD_RESET_URL: string;
  readonly PUBLIC_BASE_URL: string;
  readonly RATE_LIMITS: 'on' | 'off';
  readonly RATE_LIMIT_CONTACT: string;
  readonly RELEASE: string;
  readonly SECURE_COOKIES: 'true' | 'false';
  readonly SMOOBU_BASE_URL: string;
  readonly TURNSTILE_BASE_URL: string;
  readonly TURNSTILE_HOSTNAMES: string;
  readonly TOKEN_ACCESS_MINUTES: string;
}

/** The public edge of a stage, in front of its HTTP API. */
export interface EdgeConfig {
  /** Host of the API's own address, as the API stack tells it. */
  readonly apiDomain: string;
  /** What callers use. */
  readonly domain: string;
  /** Of that domain, in us-east-1, where CloudFront looks for it. */
  readonly certificateArn: string;
  /** Both know it: CloudFront sends it along, the functions refuse a call without it. */
  readonly key: string;
}

/** One deployment of the whole system. */
export interface StageConfig {
  readonly name: string;
  /** Table, buckets and key outlive their stack, and the table refuses to be deleted. */
  readonly keepsData: boolean;
  readonly logRetentionDays: LogRetentionDays;
  /** Who is told of alarms; nobody when absent. */
  readonly alarmEmail?: string;
  /** US dollars a month that the account may cost before that address hears of it. */
  readonly monthlyBudgetUsd: number;
  /** CloudFront and WAF in front of the API; callers reach it directly when absent. */
  readonly edge?: EdgeConfig;
  readonly settings: StageSettings;
}

/** `mg.example.com` is reserved for documentation: mail of a stage that was given no domain of its own goes nowhere. */
const UNSET_MAIL_DOMAIN = 'mg.example.com';

const COMMON: StageSettings = {
  AI_CLAUDE_MODELS: 'claude-haiku-5-5,claude-sonnet-5-5',
  AI_DEFAULT_MODEL: 'gemini-3.5-flash-lite',
  AI_DEFAULT_PROVIDER: 'gemini',
  AI_FREE_LIMIT_DAILY: '100',
  AI_FREE_LIMIT_WEEKLY: '500',
  AI_GEMINI_MODELS: 'gemini-3.5-flash-lite,gemini-3.8-flash',
  AI_OPENAI_MODELS: 'gpt-6-luna,gpt-6-sol',
  ALLOWED_ORIGINS: '',
  ANTHROPIC_BASE_URL: 'https://api.anthropic.com',
  BEDS24_BASE_URL: 'https://beds24.com/api/v2',
  CLOUDBEDS_BASE_URL: 'https://api.cloudbeds.com/api/v1.3',
  DISCORD_BASE_URL: 'https://discord.com',
  EDGE_KEY: '',
  FCM_BASE_URL: 'https://fcm.googleapis.com',
  GEMINI_BASE_URL: 'https://generativelanguage.googleapis.com',
  FRONTEND_BASE_URL: 'https://stay-sidekick.com',
  GOOGLE_ACCOUNTS_BASE_URL: 'https://accounts.google.com',
  // Google refuses it: a stage that was given no application of its own connects no account.
  GOOGLE_CLIENT_ID: 'unset.apps.googleusercontent.com',
  GOOGLE_OAUTH_BASE_URL: 'https://oauth2.googleapis.com',
  GOOGLE_PEOPLE_BASE_URL: 'https://people.googleapis.com/v1',
  GOOGLE_REDIRECT_URI: 'https://stay-sidekick.com/api/contactos/google/callback',
  HOSTAWAY_BASE_URL: 'https://api.hostaway.com/v1',
  JWT_ACCESS_TOKEN_HOURS: '1',
  MAILGUN_BASE_URL: 'https://api.eu.mailgun.net',
  MAILGUN_DOMAIN: UNSET_MAIL_DOMAIN,
  MAIL_RECIPIENT: '',
  MAIL_SENDER: `Stay Ops <avisos@${UNSET_MAIL_DOMAIN}>`,
  OPENAI_BASE_URL: 'https://api.openai.com',
  PARTNER_HOSTS: 'official',
  PRIVATE_TARGETS: 'refuse',
  PASSWORD_RESET_URL: 'https://app.cosmo.com/reset-password',
  PUBLIC_BASE_URL: 'https://api.cosmo.com/api',
  RATE_LIMITS: 'on',
  RATE_LIMIT_CONTACT: '5/hour',
  RELEASE: manifest.version,
  SECURE_COOKIES: 'true',
  TOKEN_ACCESS_MINUTES: '30',
  SMOOBU_BASE_URL: 'https://login.smoobu.com',
  TURNSTILE_BASE_URL: 'https://challenges.cloudflare.com',
  TURNSTILE_HOSTNAMES: '',
};

/** The stage that the local cloud hosts: plain HTTP, nothing outlives it. */
export const localStage: StageConfig = {
  name: 'local',
  keepsData: false,
  logRetentionDays: 1,
  monthlyBudgetUsd: 20,
  settings: {
    ...COMMON,
    FRONTEND_BASE_URL: 'http://localhost:4200',
    GOOGLE_CLIENT_ID: 'local.apps.googleusercontent.com',
    GOOGLE_REDIRECT_URI: 'http://127.0.0.1:3000/api/contactos/google/callback',
    PARTNER_HOSTS: 'any',
    PRIVATE_TARGETS: 'allow',
    PUBLIC_BASE_URL: 'http://127.0.0.1:3000/api',
    SECURE_COOKIES: 'false',
  },
};

/** Shared by developers, or one developer's own under any other name. */
export const devStage: StageConfig = {
  name: 'dev',
  keepsData: false,
  logRetentionDays: 14,
  monthlyBudgetUsd: 20,
  settings: COMMON,
};

export const prodStage: StageConfig = {
  name: 'prod',
  keepsData: true,
  logRetentionDays: 90,
  monthlyBudgetUsd: 100,
  settings: COMMON,
};

const KNOWN: Readonly<Record<string, StageConfig>> = { local: localStage, dev: devStage, prod: prodStage };

/** Twelve characters leave room for account and region in the 63 of a bucket's name. */
const stageName = z.string().regex(/^[a-z][a-z0-9]{0,11}$/, 'a stage is one to twelve lower-case letters and digits');

const edgeContext = z.object({
  apiDomain: z.string().regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/, 'a host such as abc.execute-api.eu-west-1.amazonaws.com'),
  edgeDomain: z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/, 'a host such as api.example.com'),
  edgeCertificateArn: z.string().regex(/^arn:aws[\w-]*:acm:us-east-1:/, 'a certificate in us-east-1'),
  edgeKey: z.string().regex(/^[\w-]{32,128}$/, '32 to 128 letters, digits, - or _'),
});

const context = z.object({
  stage: stageName.default('dev'),
  alarmEmail: z.email().optional(),
  monthlyBudgetUsd: z.coerce.number().positive().optional(),
  ...edgeContext.partial().shape,
  allowedOrigins: z.string().optional(),
  frontendBaseUrl: z.url().optional(),
  googleClientId: z.string().min(1).optional(),
  googleRedirectUri: z.url().optional(),
  mailgunBaseUrl: z.url().optional(),
  mailgunDomain: z.string().min(1).optional(),
  mailSender: z.string().min(3).optional(),
  passwordResetUrl: z.url().optional(),
  mailRecipient: z.email().optional(),
  turnstileHostnames: z.string().optional(),
  publicBaseUrl: z.url().optional(),
});
type Context = z.output<typeof context>;

/** The setting that each key of the context sets, where it sets one alone. */
const SETTING_OF = {
  allowedOrigins: 'ALLOWED_ORIGINS',
  edgeKey: 'EDGE_KEY',
  frontendBaseUrl: 'FRONTEND_BASE_URL',
  googleClientId: 'GOOGLE_CLIENT_ID',
  googleRedirectUri: 'GOOGLE_REDIRECT_URI',
  mailgunBaseUrl: 'MAILGUN_BASE_URL',
  mailgunDomain: 'MAILGUN_DOMAIN',
  passwordResetUrl: 'PASSWORD_RESET_URL',
  mailRecipient: 'MAIL_RECIPIENT',
  turnstileHostnames: 'TURNSTILE_HOSTNAMES',
  publicBaseUrl: 'PUBLIC_BASE_URL',
} as const satisfies Partial<Record<keyof Context, keyof StageSettings>>;

/** Keys of the context that `cdk … -c <key>=<value>` takes, with the settings that they set. */
export const CONTEXT_KEYS: readonly { readonly key: string; readonly setting: string | undefined }[] = Object.keys(
  context.shape,
).map((key) => ({ key, setting: (SETTING_OF as Readonly<Record<string, string>>)[key] }));

/** All of the edge or nothing: a part of it would leave the API open, or closed to everybody. */
function edgeIn(values: Context): EdgeConfig | undefined {
  const wanted = Object.keys(edgeContext.shape) as (keyof z.output<typeof edgeContext>)[];
  if (wanted.every((key) => values[key] === undefined)) return undefined;
  const parsed = edgeContext.safeParse(values);
  if (!parsed.success) {
    const missing = wanted.filter((key) => values[key] === undefined);
    throw new Error(`CDK context incomplete: the edge needs ${missing.join(', ')} too`);
  }
  const { apiDomain, edgeDomain: domain, edgeCertificateArn: certificateArn, edgeKey: key } = parsed.data;
  return { apiDomain, domain, certificateArn, key };
}

/**
 * The stage that `cdk … -c stage=<name>` asks for, `dev` by default, with what else the context sets (`-c
 * alarmEmail=…`, the keys of {@link CONTEXT_KEYS}). A name that is not known is a developer's own copy of `dev`.
 *
 * @throws Error naming the context key that is malformed or missing
 */
export function stageFromContext(values: Readonly<Record<string, unknown>>): StageConfig {
  const parsed = context.safeParse(values);
  if (!parsed.success) {
    const found = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`CDK context malformed: ${found.join('; ')}`);
  }
  const given = parsed.data;
  const { stage, alarmEmail, monthlyBudgetUsd, mailgunDomain, mailSender } = given;
  const known = KNOWN[stage] ?? { ...devStage, name: stage };
  const edge = edgeIn(given);
  const sender = mailSender ?? (mailgunDomain && `Stay Ops <avisos@${mailgunDomain}>`);
  const set = Object.entries(SETTING_OF).flatMap(([key, setting]) => {
    const value = given[key as keyof typeof SETTING_OF];
    return value ? [[setting, value]] : [];
  });
  return {
    ...known,
    ...(alarmEmail && { alarmEmail }),
    ...(monthlyBudgetUsd && { monthlyBudgetUsd }),
    ...(edge && { edge }),
    settings: { ...known.settings, ...Object.fromEntries(set), ...(sender && { MAIL_SENDER: sender }) },
  };
}

/** True of the domain that a stage has which was never told which domain sends its mail. */
export function isUnsetMailDomain(domain: string): boolean {
  return domain === UNSET_MAIL_DOMAIN;
}
