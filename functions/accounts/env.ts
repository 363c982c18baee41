import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const accountsEnvironment = httpEnvironment.extend({
  WORK_QUEUE_URL: z.string().min(1),
  /** The page of the app that takes `uid` and `token` from its address and asks for a new password. */
  PASSWORD_RESET_URL: z.url(),
});
