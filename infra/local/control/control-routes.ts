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
  return problem(400, issuesOf(result.error));
}

function issuesOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
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

function onPartner(answer: (partner: PartnerControl, body: Buffer) => ControlAnswer): Operation {
  return ({ cloud, variables: [name], body }) => {
    const partner = cloud.partners.find((candidate) => candidate.name === name);
    if (partner !== undefined) return answer(partner, body);
    return problem(404, `There is no partner ${name}.`, { partners: cloud.partners.map((known) => known.name) });
  };
}

type PartnerControl = ControlledCloud['partners'][number];

const partnerState = (partner: PartnerControl) => ({
  name: partner.name,
  address: partner.address,
  calls: partner.calls(),
  ...partner.fault.current(),
});

/** With what it has been asked and what it answers from. */
const partnerDetail = (partner: PartnerControl) => ({
  ...partnerState(partner),
  recorded: partner.recorded(),
  data: partner.data?.get() ?? null,
});

/** A fault, parts of the data, or both; `data: null` goes back to what the stand-in begins with. */
const partnerSetting = partnerFault.partial({ fault: true }).extend({
  data: z.record(z.string(), z.unknown()).nullable().optional(),
});

function setPartner(partner: PartnerControl, body: Buffer): ControlAnswer {
  const setting = parsed(partnerSetting, body);
  if (isAnswer(setting)) return setting;
  const { data, fault, ...bounds } = setting;
  if (fault === undefined && data === undefined) return problem(400, 'Say a fault or data.');
  if (data !== undefined && partner.data === undefined) return problem(400, `${partner.name} has no data to set.`);
  try {
    if (data === null) partner.data?.reset();
    else if (data !== undefined) partner.data?.merge(data);
  } catch (thrown) {
    if (thrown instanceof z.ZodError) return problem(400, issuesOf(thrown));
    throw thrown;
  }
  if (fault !== undefined) partner.fault.set({ fault, ...bounds });
  return json(partnerDetail(partner));
}

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
      GET: onPartner((partner) => json(partnerDetail(partner))),
      PUT: onPartner(setPartner),
    },
  },
  { path: '/_local/arrivals/{}/{}', methods: { PUT: dropArrivals, GET: showResult } },
];
