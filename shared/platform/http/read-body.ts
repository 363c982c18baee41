import { AppError } from '../errors/app-error.ts';
import { bodyBytes, type Exchange, headerOf } from './exchange.ts';
import { parseJsonObject } from './json-body.ts';
import { surfaceOf } from './surface.ts';

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/** The body of a call as an object, each surface by its own rules. */
export function readBody(exchange: Exchange): unknown {
  return exchange.route.surface === 'aristay' ? readAristayBody(exchange) : readSidekickBody(exchange);
}

/** A body that is absent or not called JSON is one that is missing (`stay-sidekick.md` §2.4). */
function readSidekickBody({ event, route }: Exchange): unknown {
  const { messages } = surfaceOf(route.surface);
  const bytes = bodyBytes(event);
  if (bytes !== undefined && JSON_TYPE.test(headerOf(event, 'content-type') ?? '')) {
    return parseJsonObject(bytes, messages.bodyMalformed);
  }
  if (route.body?.optional !== true) throw new AppError('bad_request', messages.bodyMissing);
  return {};
}

/** JSON or a form; an absent body has no fields, so that its required ones are told one by one (`aristay.md` §1.3). */
function readAristayBody({ event, route }: Exchange): unknown {
  const bytes = bodyBytes(event);
  if (bytes === undefined) return {};
  const type = headerOf(event, 'content-type') ?? 'application/json';
  if (JSON_TYPE.test(type)) return parseJsonObject(bytes, surfaceOf(route.surface).messages.bodyMalformed);
  if (FORM_TYPE.test(type)) return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  throw new AppError('unsupported_media', `Unsupported media type "${type}" in request.`);
}

/** The fields of a body whatever its type says, or none: for a look at it before its turn. */
export function looseFields(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return parseJsonObject(bytes, '');
  } catch {
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  }
}
