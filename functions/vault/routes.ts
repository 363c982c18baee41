import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  changeBody,
  configAnswer,
  creationBody,
  draftAnswer,
  improvementBody,
  plantillaAnswer,
  plantillasAnswer,
  templateFilter,
  templateParams,
  translationBody,
  usoAnswer,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Vault', access: 'any', plainFieldErrors: true } as const;
const path = '/api/vault/plantillas';
/** What the AI has cost, and its settings, are shown while the tool is off too. */
const working = { ...common, tool: 'vault' } as const;
const one = { ...working, path: `${path}/{id}`, params: templateParams, failures: [404] } as const;
/** The template is looked up before the body is read (`stay-sidekick.md` §4.10). */
const drafting = {
  ...working,
  method: 'POST',
  params: templateParams,
  success: { status: 200, schema: draftAnswer },
  failures: [404, 429, 502, 503, 504],
} as const;

/** Templates of guest messages, and AI that drafts them (`stay-sidekick.md` §4.10, §4.11). */
export const vaultRoutes = defineRoutes({
  listarPlantillas: {
    ...working,
    method: 'GET',
    path,
    summary: 'Plantillas activas, primero la que se cambió por última vez',
    query: templateFilter,
    success: { status: 200, schema: plantillasAnswer },
  },
  crearPlantilla: {
    ...working,
    method: 'POST',
    path,
    summary: 'Crea una plantilla',
    body: { schema: creationBody },
    success: { status: 201, schema: plantillaAnswer },
  },
  cambiarPlantilla: {
    ...one,
    method: 'PUT',
    summary: 'Cambia una plantilla; sin categoría se queda sin ella',
    body: { schema: changeBody },
    success: { status: 200, schema: plantillaAnswer },
  },
  borrarPlantilla: {
    ...one,
    method: 'DELETE',
    summary: 'Retira una plantilla',
    success: { status: 200, schema: okAnswer },
  },
  mejorarTexto: {
    ...drafting,
    path: `${path}/{id}/mejoras`,
    summary: 'Propone una versión mejor del texto que se envía; la plantilla no cambia',
    body: { schema: improvementBody, deferred: true },
  },
  traducirTexto: {
    ...drafting,
    path: `${path}/{id}/traducciones`,
    summary: 'Propone una traducción del texto que se envía; la plantilla no cambia',
    body: { schema: translationBody, deferred: true },
  },
  usoIa: {
    ...common,
    method: 'GET',
    path: '/api/ai/uso',
    summary: 'Lo que la empresa ha usado de la IA compartida',
    success: { status: 200, schema: usoAnswer },
  },
  configIa: {
    ...common,
    method: 'GET',
    path: '/api/ai/config',
    summary: 'La configuración de IA, con la clave tapada',
    access: 'admin',
    success: { status: 200, schema: configAnswer },
  },
});
