import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { NobodyAnswers } from './finding.ts';

/** Services that no function of ours calls, so that there is no client of the SDK: under their ids of the SDK. */
const SERVICES = {
  CLOUDFORMATION: 'cloudformation',
  CLOUDWATCH: 'monitoring',
  CLOUDWATCH_LOGS: 'logs',
  LAMBDA: 'lambda',
  SCHEDULER: 'scheduler',
} as const;
type Service = keyof typeof SERVICES;

/** A question as the service's own protocol puts it. */
export type Question = { readonly service: Service } & (
  | { readonly action: string; readonly parameters: Readonly<Record<string, string>> }
  | { readonly target: string; readonly json: unknown }
  | { readonly path: string }
);

/**
 * Asks and answers the body.
 * @throws NobodyAnswers when this stage has no such service; an Error whose name is the service's error code
 */
export type AskAws = (question: Question) => Promise<string>;

const MOST_MS = 10_000;
const VERSIONS: Partial<Record<Service, string>> = { CLOUDFORMATION: '2010-05-15', CLOUDWATCH: '2010-08-01' };

/**
 * @param config of a client of the SDK, whose region and credentials the calls are signed with
 * @param emulated asks only where `AWS_ENDPOINT_URL` or `AWS_ENDPOINT_URL_<SERVICE>` points to an emulator
 */
export function askAws({ config }: DynamoDBClient, emulated: boolean): AskAws {
  return async (question) => {
    const { service } = question;
    const region = await config.region();
    const elsewhere = process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL;
    if (emulated && elsewhere === undefined) {
      throw new NobodyAnswers(`The local cloud has none; AWS_ENDPOINT_URL_${service} would name one.`);
    }
    const url = new URL(elsewhere ?? `https://${SERVICES[service]}.${region}.amazonaws.com`);
    const { method, path, headers, body } = spokenAs(question);
    const signer = new SignatureV4({
      service: SERVICES[service],
      region,
      credentials: config.credentials,
      sha256: config.sha256,
    });
    const request = { method, protocol: url.protocol, hostname: url.hostname, path, query: {}, body };
    const { host: _, ...sent } = (await signer.sign({ ...request, headers: { ...headers, host: url.host } })).headers;
    const signal = AbortSignal.timeout(MOST_MS);
    const answer = await fetch(new URL(path, url), { method, headers: sent, signal, ...(body && { body }) });
    const text = await answer.text();
    if (!answer.ok) throw refusal(answer, text);
    return text;
  };
}

function spokenAs(question: Question) {
  if ('path' in question) return { method: 'GET', path: question.path, headers: {}, body: '' };
  if ('target' in question) {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': question.target };
    return { method: 'POST', path: '/', headers, body: JSON.stringify(question.json) };
  }
  const form = { Action: question.action, Version: VERSIONS[question.service] ?? '', ...question.parameters };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', path: '/', headers, body: new URLSearchParams(form).toString() };
}

/** Each protocol names its errors elsewhere. */
function refusal(answer: Response, text: string): Error {
  const code =
    answer.headers.get('x-amzn-errortype') ??
    /"(?:__type|code)":"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1] ??
    /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ??
    `Status${answer.status}`;
  const message = /<Message>([^<]+)<|"[mM]essage":"([^"]+)"/.exec(text)?.slice(1).find(Boolean) ?? '';
  return Object.assign(new Error(message), { name: code.replace(/:.*$/, '') });
}

/** Texts of all elements of a name, in their order. */
export function textsOf(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text]) => text ?? '');
}
