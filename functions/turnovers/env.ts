import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const turnoversEnvironment = httpEnvironment;
