import { defineRoutes } from '../../shared/platform/http/route.ts';
import { auditoriaAnswer, auditoriaQuery } from './schemas.ts';

/** Who did what (beyond the seed, D-54): sits beside the users and has their gate. */
export const auditRoutes = defineRoutes({
  auditoria: {
    surface: 'sidekick',
    method: 'GET',
    path: '/api/auditoria',
    summary: 'Cambios administrativos de la empresa, del más reciente al más antiguo; verificar=1 comprueba la cadena',
    tag: 'Auditoría',
    access: 'admin_or_super',
    query: auditoriaQuery,
    success: { status: 200, schema: auditoriaAnswer },
    failures: [404],
  },
});
