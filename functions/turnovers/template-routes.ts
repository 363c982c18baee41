import { defineRoutes } from '../../shared/platform/http/route.ts';
import { templateBody, templateChangeBody, templateParams, templateRow, templatesQuery } from './template-schemas.ts';

const common = { surface: 'aristay', tag: 'Automatic tasks', access: 'manager' } as const;

/** Templates that make tasks of new bookings (`aristay.md` §6.10; §9.9 asks for their administration). */
export const templateRoutes = defineRoutes({
  autoTaskTemplates: {
    ...common,
    method: 'GET',
    path: '/api/auto-task-templates/',
    summary: 'Templates that make tasks of new bookings',
    query: templatesQuery,
    success: { status: 200, rows: templateRow },
    failures: [404],
  },
  createAutoTaskTemplate: {
    ...common,
    method: 'POST',
    path: '/api/auto-task-templates/',
    summary: 'Adds a template: every booking from now on that it is for gets its task',
    body: { schema: templateBody },
    success: { status: 201, schema: templateRow },
  },
  autoTaskTemplate: {
    ...common,
    method: 'GET',
    path: '/api/auto-task-templates/{id}/',
    summary: 'One such template',
    params: templateParams,
    success: { status: 200, schema: templateRow },
    failures: [404],
  },
  editAutoTaskTemplate: {
    ...common,
    method: 'PATCH',
    path: '/api/auto-task-templates/{id}/',
    summary: 'Changes a template; tasks that it has made keep their distance to their bookings',
    params: templateParams,
    body: { schema: templateChangeBody },
    success: { status: 200, schema: templateRow },
    failures: [404],
  },
  deleteAutoTaskTemplate: {
    ...common,
    method: 'DELETE',
    path: '/api/auto-task-templates/{id}/',
    summary: 'Deletes a template; tasks that it has made stay and follow their bookings',
    params: templateParams,
    success: { status: 204 },
    failures: [404],
  },
});
