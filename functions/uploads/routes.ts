import { defineRoutes } from '../../shared/platform/http/route.ts';
import { subidaAnswer, subidaBody } from './schemas.ts';

/** Files that are too large for a call and come before it (ruling 17). */
export const uploadsRoutes = defineRoutes({
  prepararSubida: {
    surface: 'sidekick',
    tag: 'Subidas',
    method: 'POST',
    path: '/api/subidas',
    summary: 'Un formulario con el que subir un fichero de hasta 10 MB antes de llamar a la operación con su subida_id',
    access: 'any',
    // The file is gone within the hour; what would store something of it is closed to viewers by itself.
    openToViewers: true,
    body: { schema: subidaBody },
    success: { status: 201, schema: subidaAnswer },
  },
});
