import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const companiesEnvironment = httpEnvironment.extend({
  /** A company's grant ends with the company. */
  ...googleVariables,
  WORK_QUEUE_URL: z.string().min(1),
});
