import { resolveTxt } from 'node:dns/promises';
import { isUnsetMailDomain } from '../config/stage.ts';
import { type Check, expectation, type Finding, fail, NobodyAnswers, ok, warn } from './finding.ts';
import type { StageUnderCheck } from './stage-under-check.ts';

const MOST_MS = 15_000;

/** What callers see of the stage, and what receivers see of its mail. */
export function surfaceChecks(under: StageUnderCheck): readonly Check[] {
  return [
    { subject: 'GET /api/health', look: () => lookAtPath(under, '/api/health', 'application/json') },
    { subject: 'GET /api/docs', look: () => lookAtPath(under, '/api/docs', 'text/html') },
    {
      subject: 'GET /api/docs/openapi.yaml',
      look: () => lookAtPath(under, '/api/docs/openapi.yaml', 'application/yaml'),
    },
    { subject: 'authorizer', look: () => lookAtAuthorizer(under) },
    { subject: 'mail', look: () => lookAtMail(under) },
  ];
}

async function get({ apiAddress }: StageUnderCheck, path: string, headers: Record<string, string> = {}) {
  if (apiAddress === undefined) {
    throw new NobodyAnswers('The address of the API is not known: the stack tells none; pass --address.');
  }
  return fetch(new URL(path, apiAddress), { headers, redirect: 'manual', signal: AbortSignal.timeout(MOST_MS) });
}

async function lookAtPath(under: StageUnderCheck, path: string, type: string): Promise<readonly Finding[]> {
  const subject = `GET ${path}`;
  const answer = await get(under, path);
  await answer.body?.cancel();
  const got = answer.headers.get('content-type') ?? 'nothing';
  return [
    expectation(
      answer.status === 200 && got.startsWith(type),
      ok(subject, `200, ${got}`),
      fail(subject, `Answers ${answer.status} with ${got}: read the log of the function meta.`),
    ),
  ];
}

/** Both without a token and with a bad one a guarded path has to answer 401 in our own shape. */
async function lookAtAuthorizer(under: StageUnderCheck): Promise<readonly Finding[]> {
  const answers = await Promise.all([
    get(under, '/api/perfil'),
    get(under, '/api/perfil', { authorization: 'Bearer doctor' }),
  ]);
  const shapes = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
  return [
    expectation(
      shapes.every((shape) => /^401 \{"ok":false/.test(shape)),
      ok('authorizer', 'refuses callers without a good token'),
      fail('authorizer', 'Does not refuse as it should: read the log of the function authorizer before anything else.'),
    ),
  ];
}

async function lookAtMail({ ask, names }: StageUnderCheck): Promise<readonly Finding[]> {
  const path = `/2015-03-31/functions/${names.function('outbox-worker')}/configuration`;
  const { Environment } = JSON.parse(await ask({ service: 'LAMBDA', path })) as {
    Environment: { Variables: { MAILGUN_DOMAIN: string; MAIL_SENDER: string } };
  };
  const { MAILGUN_DOMAIN: domain, MAIL_SENDER: sender } = Environment.Variables;
  if (isUnsetMailDomain(domain)) return [fail('mail', 'No domain sends it: deploy with -c mailgunDomain=<domain>.')];
  const texts = (await resolveTxt(domain).catch(() => [])).map((parts) => parts.join(''));
  return [
    expectation(
      texts.some((text) => text.startsWith('v=spf1') && text.includes('mailgun')),
      ok('mail', `${domain} lets Mailgun send`),
      warn('mail', `${domain} has no SPF record for Mailgun: add the records that its console shows, or mail is spam.`),
    ),
    expectation(
      sender.includes(`@${domain}`),
      ok('mail', `sent as ${sender}`),
      warn('mail', `Sent as ${sender}, which is not of ${domain}: pass -c mailSender=…, or receivers refuse it.`),
    ),
  ];
}
