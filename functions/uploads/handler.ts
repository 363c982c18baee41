import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { presignedForms } from '../../shared/platform/storage/presigned-form.ts';
import { uploadsEnvironment } from './env.ts';
import { prepareUpload } from './operations/prepare-upload.ts';
import { uploadsRoutes } from './routes.ts';

const env = readEnvironment(uploadsEnvironment);
const http = httpDeps(env);
const deps = { presign: presignedForms(env.EXPORTS_BUCKET), clock: http.clock, ids: randomIds };

export const handler = defineHttpFunction(
  uploadsRoutes,
  { prepararSubida: ({ actor, body }) => prepareUpload(deps, actor.empresaId, body) },
  http,
);
