import { AppError } from '../errors/app-error.ts';

/** Escapes that may stand for half a character. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * The JSON object of a body.
 * @throws AppError `bad_request` with `malformed` for anything else (`stay-sidekick.md` §2.4, ruling 15)
 */
export function parseJsonObject(bytes: Uint8Array, malformed: string): Record<string, unknown> {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = SURROGATE.test(text) ? JSON.parse(text, whole) : JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', malformed, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AppError('bad_request', malformed);
}

/** Half a character has no UTF-8, so that no store takes it: as bad in an escape as in the bytes. */
function whole(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) {
    throw new SyntaxError('A text holds half of a surrogate pair');
  }
  return value;
}
