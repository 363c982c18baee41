import { okAnswer, pageQuery } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  apartamentoAnswer,
  apartamentoParams,
  apartamentosAnswer,
  apartamentosQuery,
  cambiarBody,
  crearBody,
  importacionAnswer,
  importacionesAnswer,
  importacionParams,
  importarBody,
  previewAnswer,
  reversionAnswer,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Apartamentos', access: 'any' } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const workbook = { field: 'file', proposito: 'apartamentos' } as const;

/** The catalogue of apartments and its imports (`stay-sidekick.md` §4.6). */
export const apartmentsRoutes = defineRoutes({
  listarApartamentos: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos',
    summary: 'Apartamentos activos por nombre: todos, o por páginas; con texto o ciudad, los que coinciden',
    query: apartamentosQuery,
    success: { status: 200, schema: apartamentosAnswer },
  },
  leerApartamento: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos/{id}',
    summary: 'Un apartamento, también si está borrado; su ETag sirve para cambiarlo con If-Match',
    params: apartamentoParams,
    success: { status: 200, schema: apartamentoAnswer },
  },
  crearApartamento: {
    ...common,
    method: 'POST',
    path: '/api/apartamentos',
    summary: 'Añade un apartamento a mano',
    body: { schema: crearBody },
    success: { status: 201, schema: apartamentoAnswer },
  },
  cambiarApartamento: {
    ...common,
    method: 'PUT',
    path: '/api/apartamentos/{id}',
    summary: 'Cambia los campos enviados; sin If-Match gana la última escritura',
    params: apartamentoParams,
    body: { schema: cambiarBody },
    conditional: true,
    success: { status: 200, schema: apartamentoAnswer },
  },
  borrarApartamento: {
    ...common,
    method: 'DELETE',
    path: '/api/apartamentos/{id}',
    summary: 'Desactiva un apartamento',
    params: apartamentoParams,
    success: { status: 200, schema: okAnswer },
  },
  importarApartamentos: {
    ...common,
    method: 'POST',
    path: '/api/apartamentos/importacion',
    summary: 'Importa un libro; repetido no cambia nada, interrumpido sigue donde estaba',
    rateLimit: { limit: 20, window: 'hour', per: 'address' },
    upload: workbook,
    body: { schema: importarBody },
    // A repeat is harmless by itself, and its rows would not fit where replies are kept.
    keepsReply: false,
    success: { status: 200, schema: importacionAnswer },
    failures: [409],
  },
  previsualizarApartamentos: {
    ...common,
    method: 'POST',
    path: '/api/apartamentos/importacion/preview',
    summary: 'Qué haría la importación del libro, sin escribir nada',
    openToViewers: true,
    rateLimit: { limit: 30, window: 'hour', per: 'address' },
    upload: workbook,
    success: { status: 200, schema: previewAnswer },
  },
  plantillaApartamentos: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos/importacion/plantilla',
    summary: 'Libro vacío con las columnas que la importación reconoce',
    success: { status: 200, contentType: XLSX },
  },
  listarImportacionesApartamentos: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos/importaciones',
    summary: 'Importaciones que han escrito algo, de la más reciente a la más antigua',
    query: pageQuery,
    success: { status: 200, schema: importacionesAnswer },
  },
  deshacerImportacionApartamentos: {
    ...common,
    method: 'POST',
    path: '/api/apartamentos/importaciones/{id}/reversion',
    summary: 'Deshace una importación entera mientras nada más haya cambiado sus apartamentos',
    params: importacionParams,
    success: { status: 200, schema: reversionAnswer },
    failures: [409],
  },
});
