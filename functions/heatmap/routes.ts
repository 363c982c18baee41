import { heatmapColumns, heatmapThresholds, staffMinutes } from '../../shared/domain/heatmap/heatmap-settings.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  columnasAnswer,
  diasAnswer,
  diasXlsxAnswer,
  heatmapQuery,
  minutosAnswer,
  rangeBody,
  umbralesAnswer,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Mapa de calor', access: 'any', tool: 'heatmap' } as const;
const settings = { ...common, access: 'admin' } as const;
const picture = { status: 200, contentType: 'image/svg+xml' } as const;
/** It stores nothing but the line of the sync log, so a viewer may send it (ruling 2). */
const workbooks = {
  ...common,
  method: 'POST',
  openToViewers: true,
  rateLimit: { limit: 30, window: 'hour', per: 'address' },
  upload: { field: 'checkins', second: 'checkouts', proposito: 'heatmap', fieldsFirst: true },
  body: { schema: rangeBody },
} as const;

/** The heat map of arrivals and departures (`stay-sidekick.md` §4.7). */
export const heatmapRoutes = defineRoutes({
  mapaCalor: {
    ...common,
    method: 'GET',
    path: '/api/heatmap',
    summary: 'Entradas y salidas por día según el PMS o las reservas propias',
    query: heatmapQuery,
    success: { status: 200, schema: diasAnswer },
    failures: [400],
  },
  mapaCalorImagen: {
    ...common,
    method: 'GET',
    path: '/api/heatmap/imagen',
    summary: 'El mapa de calor como imagen SVG, con leyenda y totales',
    query: heatmapQuery,
    success: picture,
    failures: [400],
  },
  mapaCalorXlsx: {
    ...workbooks,
    path: '/api/heatmap/xlsx',
    summary: 'Entradas y salidas por día según uno o dos libros XLSX',
    success: { status: 200, schema: diasXlsxAnswer },
  },
  mapaCalorXlsxImagen: {
    ...workbooks,
    path: '/api/heatmap/xlsx/imagen',
    summary: 'El mapa de calor de uno o dos libros XLSX como imagen SVG',
    success: picture,
  },
  leerUmbrales: {
    ...common,
    method: 'GET',
    path: '/api/heatmap/umbrales',
    summary: 'Umbrales de los niveles de color',
    success: { status: 200, schema: umbralesAnswer },
  },
  guardarUmbrales: {
    ...settings,
    method: 'PUT',
    path: '/api/heatmap/umbrales',
    summary: 'Guarda los umbrales de los niveles de color',
    body: { schema: heatmapThresholds },
    success: { status: 200, schema: umbralesAnswer },
  },
  leerColumnasMapa: {
    ...common,
    method: 'GET',
    path: '/api/heatmap/config-xlsx',
    summary: 'Columnas de las fechas en los libros XLSX',
    success: { status: 200, schema: columnasAnswer },
  },
  guardarColumnasMapa: {
    ...settings,
    method: 'PUT',
    path: '/api/heatmap/config-xlsx',
    summary: 'Guarda las columnas de las fechas en los libros XLSX',
    body: { schema: heatmapColumns },
    success: { status: 200, schema: columnasAnswer },
  },
  leerMinutosMapa: {
    ...common,
    method: 'GET',
    path: '/api/heatmap/minutos',
    summary: 'Minutos de trabajo por entrada y por salida',
    success: { status: 200, schema: minutosAnswer },
  },
  guardarMinutosMapa: {
    ...settings,
    method: 'PUT',
    path: '/api/heatmap/minutos',
    summary: 'Guarda los minutos de trabajo por entrada y por salida',
    body: { schema: staffMinutes },
    success: { status: 200, schema: minutosAnswer },
  },
});
