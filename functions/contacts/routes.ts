import { pageQuery } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  exportBody,
  preferencesAnswer,
  preferencesBody,
  syncAnswer,
  syncBody,
  syncListAnswer,
  syncParams,
  syncReadAnswer,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Contactos' } as const;
/** What was synchronised before is shown while the tool is off too. */
const working = { ...common, tool: 'google_contacts' } as const;
const workbook = { field: 'file', proposito: 'contactos' } as const;
const csv = { status: 200, contentType: 'text/csv; charset=utf-8' } as const;
const hourly = (limit: number) => ({ limit, window: 'hour', per: 'address' }) as const;

/** Contacts of guests: to Google, or as a file (`stay-sidekick.md` §4.9). */
export const contactsRoutes = defineRoutes({
  leerPreferenciasContactos: {
    ...working,
    method: 'GET',
    path: '/api/contactos/preferencias',
    summary: 'Cómo se nombran los contactos y qué columnas tiene el libro',
    access: 'any',
    success: { status: 200, schema: preferencesAnswer },
  },
  guardarPreferenciasContactos: {
    ...working,
    method: 'PUT',
    path: '/api/contactos/preferencias',
    summary: 'Cambia solo las preferencias que se envían',
    access: 'admin',
    body: { schema: preferencesBody },
    success: { status: 200, schema: preferencesAnswer },
  },
  sincronizarContactos: {
    ...working,
    method: 'POST',
    path: '/api/contactos/sincronizacion',
    summary: 'Lleva los huéspedes del PMS a Google; 202 si continúa por su cuenta',
    access: 'any',
    rateLimit: hourly(10),
    body: { schema: syncBody, optional: true },
    success: { status: 200, schema: syncAnswer },
    alsoStatuses: [202],
    failures: [400, 409],
  },
  sincronizarContactosXlsx: {
    ...working,
    method: 'POST',
    path: '/api/contactos/xlsx/sincronizacion',
    summary: 'Lleva los huéspedes de un libro a Google; 202 si continúa por su cuenta',
    access: 'any',
    rateLimit: hourly(10),
    upload: workbook,
    success: { status: 200, schema: syncAnswer },
    alsoStatuses: [202],
    failures: [400, 409, 413],
  },
  listarSincronizacionesContactos: {
    ...common,
    method: 'GET',
    path: '/api/contactos/sincronizaciones',
    summary: 'Sincronizaciones de contactos, las más nuevas primero',
    access: 'any',
    query: pageQuery,
    success: { status: 200, schema: syncListAnswer },
  },
  leerSincronizacionContactos: {
    ...common,
    method: 'GET',
    path: '/api/contactos/sincronizaciones/{id}',
    summary: 'Cómo va o cómo terminó una sincronización',
    access: 'any',
    params: syncParams,
    success: { status: 200, schema: syncReadAnswer },
  },
  exportarContactos: {
    ...working,
    method: 'POST',
    path: '/api/contactos/exportacion/csv',
    summary: 'Los huéspedes del PMS como CSV para Google Contacts',
    access: 'any',
    openToViewers: true,
    rateLimit: hourly(20),
    body: { schema: exportBody, optional: true },
    success: csv,
    failures: [400, 413],
  },
  exportarContactosXlsx: {
    ...working,
    method: 'POST',
    path: '/api/contactos/xlsx/exportacion/csv',
    summary: 'Los huéspedes de un libro como CSV para Google Contacts',
    access: 'any',
    openToViewers: true,
    rateLimit: hourly(20),
    upload: workbook,
    success: csv,
    failures: [400, 413],
  },
});
