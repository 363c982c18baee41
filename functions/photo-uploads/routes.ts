import { photoRow } from '../../shared/domain/photo/photo-row.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { T_PHOTO } from '../../shared/platform/http/throttles.ts';
import { checklistPhotoAnswer, checklistPhotoForm, photoForm, taskParams } from './schemas.ts';

const common = { surface: 'aristay', tag: 'Photos', access: 'any', method: 'POST', rateLimit: T_PHOTO } as const;

/** Photos that come inside a call, up to 4.4 MB (`aristay.md` S10, C25). */
export const photoUploadsRoutes = defineRoutes({
  createPhoto: {
    ...common,
    path: '/api/tasks/{task_id}/images/create/',
    summary: 'Adds a photo to a task',
    params: taskParams,
    body: { schema: photoForm, form: true },
    success: { status: 201, schema: photoRow },
  },
  uploadChecklistPhoto: {
    ...common,
    path: '/api/staff/checklist/photo/upload/',
    summary: 'Adds a photo to a checklist item',
    body: { schema: checklistPhotoForm, form: true },
    success: { status: 201, schema: checklistPhotoAnswer },
    failures: [404],
  },
});
