import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const apartmentsEnvironment = httpEnvironment.extend({
  /** Where files are staged. */
  EXPORTS_BUCKET: z.string().min(1),
});
