/**
 * Why Google could not be used (`integrations.md` §0.3, §2). `STALE`: somebody changed the contact meanwhile.
 * `SYNC_TOKEN_EXPIRED`: only a full read will do. `MISCONFIGURED`: ours to mend, not the company's.
 */
export type GoogleProblem =
  | 'AUTH_SCOPE'
  | 'BAD_REQUEST'
  | 'BAD_RESPONSE'
  | 'KEY_UNREADABLE'
  | 'MISCONFIGURED'
  | 'QUOTA_EXHAUSTED'
  | 'RATE_LIMITED'
  | 'REAUTH_REQUIRED'
  | 'STALE'
  | 'SYNC_TOKEN_EXPIRED'
  | 'TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE';

const SENTENCES: Readonly<Record<GoogleProblem, string>> = {
  AUTH_SCOPE: 'Google no da acceso a los contactos. Conecta la cuenta de nuevo y marca el permiso de contactos.',
  BAD_REQUEST: 'Google no ha aceptado la consulta. Avísanos para que la corrijamos.',
  BAD_RESPONSE: 'Google ha dado una respuesta que no entendemos. Vuelve a intentarlo; si se repite, avísanos.',
  KEY_UNREADABLE: 'La conexión guardada con Google no se puede leer. Conecta la cuenta de nuevo.',
  MISCONFIGURED: 'La conexión con Google no está bien configurada en el servidor. Avísanos.',
  QUOTA_EXHAUSTED:
    'La cuenta de Google ha llegado a su máximo de contactos. Borra algunos, vacía la papelera y repite.',
  RATE_LIMITED: 'Google pide que esperemos antes de seguir. Vuelve a intentarlo en unos minutos.',
  REAUTH_REQUIRED:
    'Google ya no acepta la conexión: el permiso se ha retirado o ha caducado. Conecta la cuenta de nuevo.',
  STALE: 'Google ha cambiado el contacto a la vez. Vuelve a sincronizar.',
  SYNC_TOKEN_EXPIRED: 'Google pide leer la agenda entera de nuevo. Vuelve a sincronizar.',
  TIMEOUT: 'Google tarda demasiado en responder. Vuelve a intentarlo en unos minutos.',
  UPSTREAM_UNAVAILABLE: 'Google no está disponible ahora mismo. Vuelve a intentarlo en unos minutos.',
};

/** A call to Google that brought nothing to use. Carries no text of Google's, no token and no guest (D-12). */
export class GoogleFailed extends Error {
  override readonly name = 'GoogleFailed';
  readonly problem: GoogleProblem;
  /** Seconds after which a repeat may succeed, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(problem: GoogleProblem, retryAfter?: number) {
    super(`Google: ${problem}`);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** What the company is to do about it. */
  get sentence(): string {
    return SENTENCES[this.problem];
  }

  /** Nobody knows whether Google has carried the call out. */
  get isUndecided(): boolean {
    return this.problem === 'TIMEOUT' || this.problem === 'UPSTREAM_UNAVAILABLE';
  }
}
