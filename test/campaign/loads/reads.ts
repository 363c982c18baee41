import type { Step } from '../actor.ts';

const READS = [
  '/api/perfil',
  '/api/apartamentos',
  '/api/usuarios',
  '/api/vault/plantillas',
  '/api/ai/uso',
  '/api/auditoria',
  '/api/notificaciones',
  '/api/notificaciones/checkin-tardio/status',
  '/api/notificaciones/checkin-tardio/ejecuciones',
  '/api/notificaciones/checkin-tardio/importaciones',
  '/api/contactos/sincronizaciones',
  '/api/heatmap?desde=2026-07-01&hasta=2026-07-31&fuente=reservas',
  '/api/heatmap?desde=2026-06-01&hasta=2026-06-30',
  '/api/bookings/?page_size=50',
  '/api/tasks/?page_size=50',
  '/api/staff/dashboard/',
  '/api/staff/task-counts/',
  '/api/staff/turnovers/',
  '/api/properties/',
  '/api/events/?after=0',
  '/api/webhooks/deliveries/',
  '/api/notifications/',
] as const;

/** Whatever people look at: every answer is searched for other companies. */
export const READING: readonly Step[] = [
  { name: 'read', weight: 8, run: async ({ tenant, random }) => void (await tenant.client.get(random.pick(READS))) },
];
