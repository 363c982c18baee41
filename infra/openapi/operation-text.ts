import { type Access, isWrite, type RateLimit, type Route } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';

type Words<K extends string> = Readonly<Record<K, string>>;

const WHO_ES: Words<Access> = {
  public: 'cualquiera, sin token',
  optional: 'cualquiera; el token se juzga en la respuesta',
  any: 'quien haya iniciado sesión',
  manager: 'gestores y administradores',
  admin: 'administradores',
  admin_or_super: 'administradores, y superadministradores de cualquier empresa',
  super: 'superadministradores',
};

const WHO_EN: Words<Access> = {
  public: 'anybody, without a token',
  optional: 'anybody; the token is judged in the answer',
  any: 'whoever has signed in',
  manager: 'managers and admins',
  admin: 'admins',
  admin_or_super: 'admins, and superadmins for any company',
  super: 'superadmins',
};

const WINDOW_ES: Words<RateLimit['window']> = { minute: 'minuto', hour: 'hora', day: 'día' };
const WINDOW_EN: Words<RateLimit['window']> = { minute: 'a minute', hour: 'an hour', day: 'a day' };
const PER_ES: Words<RateLimit['per']> = { address: 'dirección IP', user: 'usuario', refresh_token: 'token' };
const PER_EN: Words<RateLimit['per']> = { address: 'IP address', user: 'user', refresh_token: 'refresh token' };

/** Viewers may write only what their routes say (ruling 2). */
function closedToViewers(route: Route): boolean {
  return route.access === 'any' && isWrite(route) && route.openToViewers !== true;
}

function spanish(route: Route): string {
  const limits = limitsOf(route).map(({ limit, window, per }) => `${limit} por ${WINDOW_ES[window]} y ${PER_ES[per]}`);
  return [
    `**Quién:** ${WHO_ES[route.access]}${closedToViewers(route) ? ', salvo quien solo puede ver' : ''}.`,
    ...(route.tool ? [`**Herramienta:** \`${route.tool}\`; 403 si la empresa la tiene desactivada.`] : []),
    ...(route.openWhilePasswordPending ? ['También con una contraseña temporal sin cambiar.'] : []),
    `**Límite:** ${limits.join('; ') || 'ninguno'}.`,
    ...(route.upload ? ['El fichero va en el formulario, o antes con `POST /api/subidas`.'] : []),
  ].join(' ');
}

function english(route: Route): string {
  const limits = limitsOf(route).map(
    ({ limit, window, per }) => `${limit} ${WINDOW_EN[window]} for each ${PER_EN[per]}`,
  );
  return [
    `**Who:** ${WHO_EN[route.access]}${closedToViewers(route) ? ', except viewers' : ''}.`,
    ...(route.openWhilePasswordPending ? ['Also while a temporary password waits to be changed.'] : []),
    `**Limit:** ${limits.join('; ') || 'none'}.`,
    ...(route.upload ? ['The file comes in the form, or was staged before.'] : []),
  ].join(' ');
}

/** Who may call and how often, in the language of the surface. */
export function descriptionOf(route: Route): string {
  return route.surface === 'sidekick' ? spanish(route) : english(route);
}
