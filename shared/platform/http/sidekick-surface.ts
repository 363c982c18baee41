import type { AppError, Issue } from '../errors/app-error.ts';
import type { Finding, Surface } from './surface.ts';

function lengthSentence(finding: Finding, comparison: string, limit: unknown): string {
  switch (finding.origin) {
    case 'string':
      return limit === 1 && comparison === 'al menos'
        ? 'No puede estar vacío.'
        : `Debe tener ${comparison} ${limit} caracteres.`;
    case 'array':
      return `Debe tener ${comparison} ${limit} elementos.`;
    default:
      return comparison === 'al menos'
        ? `Debe ser mayor o igual que ${limit}.`
        : `Debe ser menor o igual que ${limit}.`;
  }
}

const TYPE_SENTENCES: Readonly<Record<string, string>> = {
  string: 'Debe ser un texto.',
  number: 'Debe ser un número.',
  int: 'Debe ser un número entero.',
  boolean: 'Debe ser verdadero o falso.',
  array: 'Debe ser una lista.',
  object: 'Debe ser un objeto.',
};

const FORMAT_SENTENCES: Readonly<Record<string, string>> = {
  email: 'No es una dirección de correo válida.',
  date: 'Debe ser una fecha AAAA-MM-DD.',
  uuid: 'No es un identificador válido.',
};

/** The sentence in Spanish for one finding (`stay-sidekick.md` §2.5). */
function describe(finding: Finding): string {
  if (finding.input === undefined && finding.code !== 'custom') return 'Es obligatorio.';
  switch (finding.code) {
    case 'invalid_type':
      return TYPE_SENTENCES[String(finding.expected)] ?? 'No tiene el tipo esperado.';
    case 'too_small':
      return lengthSentence(finding, 'al menos', finding.minimum);
    case 'too_big':
      return lengthSentence(finding, 'como máximo', finding.maximum);
    case 'invalid_value':
      return `Debe ser uno de: ${(finding.values as readonly unknown[]).join(', ')}.`;
    case 'invalid_format':
      return FORMAT_SENTENCES[String(finding.format)] ?? 'No tiene el formato esperado.';
    case 'unrecognized_keys':
      return 'No es un campo conocido. Quítalo o corrige su nombre.';
    default:
      return 'No es un valor válido.';
  }
}

function issueText(issue: Issue): string {
  return issue.field === undefined ? issue.message : `${issue.field}: ${issue.message}`;
}

/** Stay Sidekick: `{ ok: false, errors: [sentence, …] }`, always a list (`stay-sidekick.md` §2.2). */
export const sidekick: Surface = {
  stages: ['rateLimit', 'authenticate', 'csrf', 'authorize', 'body'],
  wholeBodyField: '_schema',
  fieldSeparator: ': ',
  status: {
    bad_request: 400,
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    method_not_allowed: 405,
    conflict: 409,
    precondition_failed: 412,
    too_large: 413,
    unsupported_media: 415,
    invalid: 422,
    rate_limited: 429,
    internal: 500,
    upstream_failed: 502,
    unavailable: 503,
    timeout: 504,
  },
  errorBody: (error: AppError) => ({
    ok: false,
    errors: error.details.issues?.map(issueText) ?? [error.message],
  }),
  describe,
  messages: {
    tokenRequired: 'Hace falta un token de acceso. Inicia sesión.',
    tokenInvalid: 'El token no es válido o ha caducado. Inicia sesión de nuevo.',
    userInactive: 'El token no es válido o ha caducado. Inicia sesión de nuevo.',
    denied: 'Acceso denegado: tu usuario no tiene permiso para esta acción.',
    passwordPending: 'Tienes una contraseña temporal. Cámbiala antes de seguir.',
    toolOff:
      'Tu empresa tiene esta herramienta desactivada. Un administrador puede activarla en los ajustes de la empresa.',
    answerTooLarge: 'La respuesta es demasiado grande. Pide menos datos de una vez, o acepta respuestas con gzip.',
    edgeOnly: 'Esta dirección no se usa directamente. Llama a la API por su dominio.',
    notFound: 'No existe lo que has pedido.',
    methodNotAllowed: 'Esta dirección no admite ese método.',
    bodyMissing: 'Falta el cuerpo JSON de la petición.',
    bodyMalformed: 'El cuerpo debe ser un objeto JSON bien formado.',
    invalid: 'Hay datos que no son válidos.',
    throttled: 'Demasiadas peticiones. Vuelve a intentarlo más tarde.',
    csrfMissing: 'Falta el token CSRF. Pide uno en /api/csrf-token y envíalo en la cookie y en X-CSRF-Token.',
    csrfInvalid: 'El token CSRF no es válido o ha caducado. Pide uno nuevo en /api/csrf-token.',
    keyMalformed: 'La clave de X-Idempotency-Key debe tener de 1 a 64 caracteres visibles.',
    keyReused: 'Esa clave de X-Idempotency-Key ya se usó para otra petición. Usa una nueva.',
    replyLost: 'La petición se hizo, pero su respuesta se perdió. Busca lo que creó en vez de repetirla.',
    keyBusy: 'La misma petición se está atendiendo todavía. Vuelve a intentarlo en unos segundos.',
    internal: 'Ha ocurrido un error inesperado. Vuelve a intentarlo; si se repite, avísanos con el identificador.',
    tooLarge: 'La petición supera el tamaño máximo admitido.',
  },
};
