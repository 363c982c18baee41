import { photoRow } from '../../shared/domain/photo/photo-row.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { T_PHOTO } from '../../shared/platform/http/throttles.ts';
import {
  announcementAnswer,
  announcementBody,
  editBody,
  photoParams,
  photosQuery,
  removalAnswer,
  removalBody,
  taskParams,
} from './schemas.ts';

const common = { surface: 'aristay', tag: 'Photos', access: 'any' } as const;

/** Photos of tasks, but for those that come inside a call (`aristay.md` S11, C26, C31–C34). */
export const photosRoutes = defineRoutes({
  listPhotos: {
    ...common,
    method: 'GET',
    path: '/api/tasks/{task_id}/images/',
    summary: 'Photos of a task; viewers see the approved ones',
    params: taskParams,
    query: photosQuery,
    success: { status: 200, rows: photoRow },
  },
  preparePhotoUpload: {
    ...common,
    method: 'POST',
    path: '/api/tasks/{task_id}/images/upload-url/',
    summary: 'A form by which a photo of up to 25 MB is uploaded; the photo appears once it has arrived',
    rateLimit: T_PHOTO,
    params: taskParams,
    body: { schema: announcementBody },
    success: { status: 201, schema: announcementAnswer },
  },
  readPhoto: {
    ...common,
    method: 'GET',
    path: '/api/tasks/{task_id}/images/{id}/',
    summary: 'One photo; for one whose file was refused, the 404 says why',
    params: photoParams,
    success: { status: 200, schema: photoRow },
  },
  editPhoto: {
    ...common,
    method: 'PATCH',
    path: '/api/tasks/{task_id}/images/{id}/',
    summary: 'Reviews a photo, describes it, makes it the primary one or one of another type',
    params: photoParams,
    body: { schema: editBody },
    success: { status: 200, schema: photoRow },
  },
  deletePhoto: {
    ...common,
    method: 'DELETE',
    path: '/api/tasks/{task_id}/images/{id}/',
    summary: 'Deletes a photo and its picture',
    params: photoParams,
    success: { status: 204 },
  },
  removeChecklistPhoto: {
    ...common,
    method: 'POST',
    path: '/api/staff/checklist/photo/remove/',
    summary: 'Deletes a photo of a checklist item',
    body: { schema: removalBody },
    success: { status: 200, schema: removalAnswer },
    failures: [404],
  },
});
