import type { AppError, ErrorCode } from '../errors/app-error.ts';
import { aristay } from './aristay-surface.ts';
import type { SurfaceName } from './route.ts';
import { sidekick } from './sidekick-surface.ts';

/** Names of the checks that a call passes, each in `stages.ts`. */
export type StageName = 'rateLimit' | 'authenticate' | 'csrf' | 'authorize' | 'body';

/** One finding of a schema, as zod reports it, before it is put into words. */
export interface Finding {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly [detail: string]: unknown;
}

/** What tells one API from the other: order of the checks, statuses, error bodies, words. */
export interface Surface {
  /** Order of the checks (`stay-sidekick.md` §2.1, `aristay.md` §1.8); path, object, query and body follow. */
  readonly stages: readonly StageName[];
  /** Where a finding about the whole body is told. */
  readonly wholeBodyField: string;
  /** Stands between a field and one that lies within it. */
  readonly fieldSeparator: string;
  readonly status: Readonly<Record<ErrorCode, number>>;
  errorBody(error: AppError): unknown;
  /** The sentence for one finding of a schema. */
  describe(finding: Finding): string;
  readonly messages: Readonly<Record<MessageName, string>>;
}

export type MessageName =
  | 'tokenRequired'
  | 'tokenInvalid'
  | 'userInactive'
  | 'denied'
  | 'passwordPending'
  | 'toolOff'
  | 'answerTooLarge'
  | 'edgeOnly'
  | 'notFound'
  | 'methodNotAllowed'
  | 'bodyMissing'
  | 'bodyMalformed'
  | 'invalid'
  | 'throttled'
  | 'csrfMissing'
  | 'csrfInvalid'
  | 'keyMalformed'
  | 'keyReused'
  | 'replyLost'
  | 'keyBusy'
  | 'internal'
  | 'tooLarge';

const SURFACES: Readonly<Record<SurfaceName, Surface>> = { sidekick, aristay };

export function surfaceOf(name: SurfaceName): Surface {
  return SURFACES[name];
}

/** A path of neither surface answers in Aristay's shape if it ends in `/`, else in Stay Sidekick's (ruling 14). */
export function surfaceOfUnknownPath(path: string): SurfaceName {
  return path.endsWith('/') ? 'aristay' : 'sidekick';
}
