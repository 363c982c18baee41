import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const uploadsEnvironment = httpEnvironment.extend({
  EXPORTS_BUCKET: z.string().min(1),
});
