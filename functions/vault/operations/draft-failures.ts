import type { AiChoice } from '../../../shared/domain/vault/ai-choice.ts';
import type { AiLimits, Reservation } from '../../../shared/domain/vault/ai-usage.ts';
import { AiFailed, type AiProblem } from '../../../shared/platform/ai/ai-client.ts';
import { instantOf } from '../../../shared/platform/calendar/time-zone.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

const OWN_KEY_HINT = 'o configura una clave propia en Perfil > Integraciones';

/** An answer lacked placeholders of the original, twice. */
export class PlaceholdersLost extends Error {
  override readonly name = 'PlaceholdersLost';
  /** As the original has them; names, not values. */
  readonly placeholders: readonly string[];

  constructor(placeholders: readonly string[]) {
    super('The answer lacks placeholders of the original');
    this.placeholders = placeholders;
  }
}

export function companyUnknown(): AppError {
  return new AppError('not_found', 'No existe esa empresa.');
}

export function keyOfAnotherProvider(keyOf: string): AppError {
  const message = `La clave guardada es de «${keyOf}» y has elegido otro proveedor. Guarda la clave del que quieres usar, o bórrala para volver a la IA compartida.`;
  return new AppError('upstream_failed', message);
}

/** The company's allowance of the shared tier is used up: daily or weekly (`stay-sidekick.md` §6.6). */
export function allowanceUsedUp(
  { limit, until }: Extract<Reservation, { kind: 'full' }>,
  { daily, weekly }: AiLimits,
  { zona_horaria, now }: { readonly zona_horaria: string; readonly now: Date },
): AppError {
  const freeAgain = instantOf(until, '00:00', zona_horaria).getTime() - now.getTime();
  const details = { retryAfter: Math.max(1, Math.ceil(freeAgain / 1_000)) };
  const message =
    limit === 'diario'
      ? `Tu empresa ha usado hoy las ${daily} peticiones de la IA compartida. Vuelve mañana ${OWN_KEY_HINT}.`
      : `Tu empresa ha usado en siete días las ${weekly} peticiones de la IA compartida. Vuelve el ${until} ${OWN_KEY_HINT}.`;
  return new AppError('rate_limited', message, details);
}

const RETRY_AFTER_S = 60;
const THROTTLED: readonly AiProblem[] = ['RATE_LIMITED', 'QUOTA_EXHAUSTED'];

const TIMED_OUT = 'La IA ha tardado demasiado en responder. Vuelve a intentarlo, mejor con un texto más corto.';
const REFUSED = 'La IA no ha querido trabajar con este texto. Cámbialo y vuelve a intentarlo.';
const TRUNCATED = 'El texto es demasiado largo para la IA. Acórtalo y vuelve a intentarlo.';
const FAILED = 'La IA no ha podido responder. Vuelve a intentarlo en unos minutos.';

/** What a company can mend about its own key. */
const OWN_KEY_PROBLEMS: Partial<Readonly<Record<AiProblem, string>>> = {
  AUTH_INVALID: 'Tu proveedor de IA no acepta la clave guardada. Guarda otra en Perfil > Integraciones.',
  AUTH_SCOPE: 'Tu clave de IA no da permiso para esto. Revisa su cuenta en el proveedor o guarda otra clave.',
  MODEL_GONE: 'Tu proveedor de IA no conoce el modelo elegido. Elige otro en Perfil > Integraciones.',
};

/** The answer to what went wrong while drafting (`stay-sidekick.md` §7.4); anything that is not of AI passes as it is. */
export function draftFailure(thrown: unknown, clave: AiChoice['clave']): unknown {
  if (thrown instanceof PlaceholdersLost) {
    const names = thrown.placeholders.join(', ');
    const message = `La IA ha perdido marcadores del texto (${names}) y su propuesta no sirve. Vuelve a intentarlo.`;
    return new AppError('upstream_failed', message, { cause: thrown });
  }
  if (!(thrown instanceof AiFailed)) return thrown;
  const { problem, details } = thrown;
  if (problem === 'TIMEOUT') return new AppError('timeout', TIMED_OUT, { cause: thrown });
  if (THROTTLED.includes(problem)) {
    const retryAfter = Math.ceil((details.retryAfterMs ?? RETRY_AFTER_S * 1_000) / 1_000);
    return new AppError('rate_limited', throttledMessage(clave), { cause: thrown, retryAfter });
  }
  return new AppError('upstream_failed', failedMessage(problem, clave), { cause: thrown });
}

function throttledMessage(clave: AiChoice['clave']): string {
  return clave === 'propia'
    ? 'Tu proveedor de IA ha llegado al límite de tu clave. Espera unos minutos o revisa tu plan con él.'
    : `La IA compartida está saturada. Vuelve a intentarlo en unos minutos ${OWN_KEY_HINT}.`;
}

function failedMessage(problem: AiProblem, clave: AiChoice['clave']): string {
  if (problem === 'REFUSED') return REFUSED;
  if (problem === 'TRUNCATED') return TRUNCATED;
  return (clave === 'propia' ? OWN_KEY_PROBLEMS[problem] : undefined) ?? FAILED;
}
