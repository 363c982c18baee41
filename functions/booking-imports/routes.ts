import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  importAnswer,
  importBody,
  importParams,
  importQuery,
  importRow,
  importsQuery,
  resolveAnswer,
  resolveBody,
  templateQuery,
  uploadAnswer,
  uploadBody,
} from './schemas.ts';

const common = { surface: 'aristay', tag: 'Booking imports', access: 'manager' } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Imports of bookings (`aristay.md` S16, C46, C47; rulings 17 and 18). */
export const bookingImportsRoutes = defineRoutes({
  importBookings: {
    ...common,
    method: 'POST',
    path: '/api/bookings/import/',
    summary: 'Takes a file of bookings, says what it meets, and applies it afterwards',
    upload: { field: 'file', alias: 'excel_file', proposito: 'reservas' },
    body: { schema: importBody },
    // A repeat of the file is harmless by itself, and its conflicts would not fit where replies are kept.
    keepsReply: false,
    success: { status: 202, schema: importAnswer },
    failures: [404],
  },
  listBookingImports: {
    ...common,
    method: 'GET',
    path: '/api/bookings/import/',
    summary: 'The imports of the last 30 days, the newest first',
    query: importsQuery,
    success: { status: 200, rows: importRow },
    failures: [404],
  },
  prepareBookingUpload: {
    ...common,
    method: 'POST',
    path: '/api/bookings/import/uploads/',
    summary: 'A form by which a file of up to 10 MB is uploaded before it is imported by its upload_id',
    body: { schema: uploadBody },
    success: { status: 201, schema: uploadAnswer },
  },
  bookingImportTemplate: {
    ...common,
    method: 'GET',
    path: '/api/bookings/import/template/',
    summary: 'An empty workbook to fill in; with match_properties=true its rows name their property',
    query: templateQuery,
    success: { status: 200, contentType: XLSX },
  },
  readBookingImport: {
    ...common,
    method: 'GET',
    path: '/api/bookings/import/{id}/',
    summary: 'How far an import is, and 500 of its conflicts from conflicts_from on',
    params: importParams,
    query: importQuery,
    success: { status: 200, schema: importAnswer },
    failures: [404],
  },
  resolveBookingImport: {
    ...common,
    method: 'POST',
    path: '/api/bookings/import/{id}/resolve/',
    summary: 'Settles conflicts: update the booking, create another one, or skip the row',
    params: importParams,
    body: { schema: resolveBody },
    success: { status: 200, schema: resolveAnswer },
    failures: [404],
  },
  undoBookingImport: {
    ...common,
    method: 'POST',
    path: '/api/bookings/import/{id}/undo/',
    summary: 'Undoes a whole import; bookings that somebody has changed since stay as they are',
    params: importParams,
    success: { status: 202, schema: importAnswer },
    failures: [404],
  },
});
