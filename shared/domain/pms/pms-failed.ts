import { AppError } from '../../platform/errors/app-error.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';

/** Why a PMS could not be read (`integrations.md` §0.3). `KEY_UNREADABLE`: the stored credential opens no more. */
export type PmsProblem =
  | 'AUTH_INVALID'
  | 'AUTH_SCOPE'
  | 'BAD_REQUEST'
  | 'BAD_RESPONSE'
  | 'KEY_UNREADABLE'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'REAUTH_REQUIRED'
  | 'TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE';

const NAMES: Readonly<Record<PmsProvider, string>> = {
  smoobu: 'Smoobu',
  beds24: 'Beds24',
  hostaway: 'Hostaway',
  cloudbeds: 'Cloudbeds',
};

const SENTENCES: Readonly<Record<PmsProblem, (name: string) => string>> = {
  AUTH_INVALID: (name) => `${name} no acepta la clave guardada. Crea una nueva en ${name} y guárdala en Integraciones.`,
  AUTH_SCOPE: (name) => `La clave guardada no da acceso a estos datos de ${name}. Revisa sus permisos en ${name}.`,
  BAD_REQUEST: (name) => `${name} no ha aceptado la consulta. Avísanos para que la corrijamos.`,
  BAD_RESPONSE: (name) =>
    `${name} ha dado una respuesta que no entendemos. Vuelve a intentarlo; si se repite, avísanos.`,
  KEY_UNREADABLE: (name) => `La clave guardada de ${name} no se puede leer. Guárdala de nuevo en Integraciones.`,
  NOT_FOUND: (name) => `${name} no encuentra lo que le hemos pedido. Vuelve a intentarlo.`,
  RATE_LIMITED: (name) =>
    `${name} pide que esperemos antes de hacer más consultas. Vuelve a intentarlo en unos minutos.`,
  REAUTH_REQUIRED: (name) =>
    `El permiso de ${name} ha caducado. Conéctalo de nuevo en Integraciones con una clave nueva.`,
  TIMEOUT: (name) => `${name} tarda demasiado en responder. Vuelve a intentarlo en unos minutos.`,
  UPSTREAM_UNAVAILABLE: (name) => `${name} no está disponible ahora mismo. Vuelve a intentarlo en unos minutos.`,
};

/** How people call a provider. */
export function nameOfPms(provider: PmsProvider): string {
  return NAMES[provider];
}

/** What a call answers that asked a PMS in vain: what to do about it, and when, where that is known. */
export function pmsRefusal(failed: PmsFailed): AppError {
  const { sentence, retryAfter } = failed;
  return new AppError('bad_request', sentence, { cause: failed, ...(retryAfter !== undefined && { retryAfter }) });
}

/**
 * A PMS that could not be read, whole. Carries nothing that the provider or the network has said: no text of theirs
 * reaches a client, a log or the sync record (D-12).
 */
export class PmsFailed extends Error {
  override readonly name = 'PmsFailed';
  readonly proveedor: PmsProvider;
  readonly problem: PmsProblem;
  /** Seconds after which a repeat may succeed, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(proveedor: PmsProvider, problem: PmsProblem, retryAfter?: number) {
    super(`${proveedor}: ${problem}`);
    this.proveedor = proveedor;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** What the company is to do about it. */
  get sentence(): string {
    return SENTENCES[this.problem](NAMES[this.proveedor]);
  }
}
