import * as z from 'zod';
import { pmsEnvironment } from '../../shared/domain/pms/pms-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const arrivalsEnvironment = httpEnvironment.extend({
  ...pmsEnvironment.shape,
  /** Where larger workbooks are staged. */
  EXPORTS_BUCKET: z.string().min(1),
});
