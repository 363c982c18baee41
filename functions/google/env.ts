import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const googleEnvironment = httpEnvironment.extend({
  ...googleVariables,
  /** Where Google's answer leads the person back to. */
  FRONTEND_BASE_URL: z.url(),
});
