import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TENANT_TAG } from '../../../shared/platform/tenant/tenant-tag.ts';
import { createFaultRegister, type FaultSwitch, isSilent, stayAway } from '../aws-json/faults.ts';
import { startLocalServer } from '../aws-json/local-server.ts';
import { parseQuery, sha256Hex } from '../aws-json/sigv4.ts';
import { type Credentials, type SignatureContext, verifyHeaderSignature } from '../aws-json/verify-signature.ts';
import { readBody } from '../host/read-body.ts';
import { element, type Markup, XML_DECLARATION } from '../s3/xml.ts';
import { sessionKeyOf } from './session-key.ts';

interface StsOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** The machine's clock, by which the SDK signs and by which sessions end. */
  readonly machineNow?: () => Date;
}

export interface LocalSts {
  /** For `AWS_ENDPOINT_URL_STS`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Lets a role be assumed, as its trust policy in the template says. */
  allowSessionsOf(roleArn: string): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Markup;
}

const MAX_BODY_BYTES = 64 * 1024;

/**
 * STS with the one action that functions use: `AssumeRole` with the company as session tag. The query protocol: a form
 * in, XML out. The access key of a session says its company, and the local table holds requests against it.
 */
export async function startSts({ credentials, region, machineNow = () => new Date() }: StsOptions): Promise<LocalSts> {
  const signatures: SignatureContext = { credentials, region, service: 'sts', clocks: [machineNow] };
  const roles = new Set<string>();
  const faults = createFaultRegister();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request, MAX_BODY_BYTES)) ?? Buffer.alloc(0);
    const form = new Map(parseQuery(body.toString('utf8')));
    const fault = faults.meet(form.get('Action') ?? '');
    if (fault !== undefined && isSilent(fault.error)) return stayAway(request, fault.error);
    if (fault !== undefined) return send(response, refusal('Throttling', 'Rate exceeded'));
    const head = { method: request.method ?? 'POST', canonicalPath: '/', query: [], headers: request.headers };
    verifyHeaderSignature(head, sha256Hex(body), signatures);
    send(response, form.get('Action') === 'AssumeRole' ? assume(form) : refusal('InvalidAction', 'Not known here.'));
  }

  function assume(form: ReadonlyMap<string, string>): Answer {
    const tags = form.get('Tags.member.1.Key') === TENANT_TAG && !form.has('Tags.member.2.Key');
    const accessKeyId = tags ? sessionKeyOf(form.get('Tags.member.1.Value') ?? '') : undefined;
    if (accessKeyId === undefined || !roles.has(form.get('RoleArn') ?? '')) {
      return refusal('AccessDenied', 'The role may not be assumed so.', 403);
    }
    const seconds = Number(form.get('DurationSeconds') ?? 3_600);
    return { status: 200, body: session(accessKeyId, new Date(machineNow().getTime() + seconds * 1_000)) };
  }

  const server = await startLocalServer((request, response) => {
    answer(request, response).catch(() => send(response, refusal('InvalidClientTokenId', 'The signature is wrong.')));
  });
  return {
    endpoint: server.endpoint,
    faults,
    allowSessionsOf: (roleArn) => void roles.add(roleArn),
    close: server.close,
  };
}

function session(accessKeyId: string, expiration: Date): Markup {
  const issued = element('Credentials', [
    element('AccessKeyId', accessKeyId),
    element('SecretAccessKey', randomBytes(20).toString('hex')),
    element('SessionToken', randomBytes(32).toString('base64')),
    element('Expiration', expiration.toISOString()),
  ]);
  return element('AssumeRoleResponse', [element('AssumeRoleResult', [issued]), metadata()]);
}

function refusal(code: string, message: string, status = 400): Answer {
  const error = element('Error', [element('Type', 'Sender'), element('Code', code), element('Message', message)]);
  return { status, body: element('ErrorResponse', [error, element('RequestId', randomUUID())]) };
}

function metadata(): Markup {
  return element('ResponseMetadata', [element('RequestId', randomUUID())]);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(`${XML_DECLARATION}${body}`);
}
