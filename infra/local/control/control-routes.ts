import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { partnerFault } from '../partners/partner-fault.ts';
import { type ControlAnswer, json, page, problem } from './control-answer.ts';
import { type ControlledCloud, UnknownSchedule } from './controlled-cloud.ts';
import { homePage } from './home-page.ts';
import { mailPage } from './mail-page.ts';

/** A control call with its path variables decoded. */
export interface ControlCall {
  readonly cloud: ControlledCloud;
  readonly variables: readonly string[];
  readonly body: Buffer;
}

type Operation = (call: ControlCall) => ControlAnswer | Promise<ControlAnswer>;

/** A control route; `{}` in its path stands for one segment. */
export interface ControlRoute {
  readonly path: string;
  readonly methods: Readonly<Record<string, Operation>>;
}

const clockSetting = z.strictObject({ now: z.union([z.iso.datetime({ offset: true }), z.null()]) });

/** The body as JSON that fits, or the answer that says what does not. */
function parsed<S extends z.ZodType>(schema: S, body: Buffer): z.output<S> | ControlAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return problem(400, 'The body has to be JSON.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return problem(400, issues.join('; '));
}

function isAnswer(value: object): value is ControlAnswer {
  return 'status' in value && 'body' in value;
}

async function runSchedule({ cloud, variables: [name = ''] }: ControlCall): Promise<ControlAnswer> {
  try {
    return json({ ok: true, ...(await cloud.runSchedule(name)) });
  } catch (error) {
    if (error instanceof UnknownSchedule) return problem(404, error.message, { schedules: cloud.info.schedules });
    return problem(500, error instanceof Error ? `${error.name}: ${error.message}` : 'The function failed.', { name });
  }
}

function listSchedules({ cloud }: ControlCall): ControlAnswer {
  const nextRuns = cloud.nextRuns();
  return json(cloud.info.schedules.map((name) => ({ name, next: nextRuns[name]?.toISOString() ?? null })));
}

async function setClock({ cloud, body }: ControlCall): Promise<ControlAnswer> {
  const setting = parsed(clockSetting, body);
  if (isAnswer(setting)) return setting;
  await cloud.setClock(setting.now === null ? undefined : new Date(setting.now));
  return json({ now: cloud.now().toISOString() });
}

function showMail({ cloud, variables: [n] }: ControlCall): ControlAnswer {
  const mail = cloud.outbox.find(Number(n));
  if (mail === undefined) return problem(404, `There is no mail ${n}.`);
  const nonce = randomBytes(16).toString('base64');
  return page(mailPage(mail), nonce);
}

async function showHome({ cloud }: ControlCall): Promise<ControlAnswer> {
  const nonce = randomBytes(16).toString('base64');
  return page(homePage(cloud, await cloud.tenants(), nonce), nonce);
}

function onPartner(answer: (partner: ControlledCloud['partners'][number], body: Buffer) => ControlAnswer): Operation {
  return ({ cloud, variables: [name], body }) => {
    const partner = cloud.partners.find((candidate) => candidate.name === name);
    if (partner !== undefined) return answer(partner, body);
    return problem(404, `There is no partner ${name}.`, { partners: cloud.partners.map((known) => known.name) });
  };
}

const partnerState = (partner: ControlledCloud['partners'][number]) => ({
  name: partner.name,
  address: partner.address,
  calls: partner.calls(),
  ...partner.fault.current(),
});

async function dropArrivals({ cloud, variables: [tenant = '', name = ''], body }: ControlCall): Promise<ControlAnswer> {
  if (!(await cloud.tenants()).some(({ id }) => id === tenant)) return problem(404, `There is no company ${tenant}.`);
  if (body.length === 0) return problem(400, 'The file is empty.');
  return json({ ok: true, key: await cloud.dropArrivals(tenant, name, body) }, 201);
}

async function showResult({ cloud, variables: [tenant = '', name = ''] }: ControlCall): Promise<ControlAnswer> {
  const result = await cloud.arrivalsResult(tenant, name);
  return result === undefined ? problem(404, 'There is no result yet.') : json(result);
}

/** Everything under `/_local/`. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  { path: '/_local/', methods: { GET: showHome } },
  { path: '/_local/info', methods: { GET: ({ cloud }) => json(cloud.info) } },
  { path: '/_local/schedules', methods: { GET: listSchedules } },
  { path: '/_local/schedules/{}/run', methods: { POST: runSchedule } },
  { path: '/_local/outbox', methods: { GET: ({ cloud }) => json(cloud.outbox.list()) } },
  { path: '/_local/outbox/{}', methods: { GET: showMail } },
  {
    path: '/_local/clock',
    methods: { GET: ({ cloud }) => json({ now: cloud.now().toISOString() }), PUT: setClock },
  },
  {
    path: '/_local/reset',
    methods: {
      POST: async ({ cloud }) => {
        await cloud.reset();
        return json({ ok: true, story: cloud.story });
      },
    },
  },
  { path: '/_local/partners', methods: { GET: ({ cloud }) => json(cloud.partners.map(partnerState)) } },
  {
    path: '/_local/partners/{}',
    methods: {
      GET: onPartner((partner) => json(partnerState(partner))),
      PUT: onPartner((partner, body) => {
        const fault = parsed(partnerFault, body);
        if (isAnswer(fault)) return fault;
        partner.fault.set(fault);
        return json(partnerState(partner));
      }),
    },
  },
  { path: '/_local/arrivals/{}/{}', methods: { PUT: dropArrivals, GET: showResult } },
];
