import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const heatmapEnvironment = httpEnvironment.extend({
  /** Where larger workbooks are staged. */
  EXPORTS_BUCKET: z.string().min(1),
});
