import { AppError } from '../errors/app-error.ts';

/**
 * The JSON object of a body.
 * @throws AppError `bad_request` with `malformed` for anything else (`stay-sidekick.md` §2.4, ruling 15)
 */
export function parseJsonObject(bytes: Uint8Array, malformed: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('bad_request', malformed, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AppError('bad_request', malformed);
}
