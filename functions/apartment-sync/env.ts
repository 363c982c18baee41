import { pmsEnvironment } from '../../shared/domain/pms/pms-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const apartmentSyncEnvironment = httpEnvironment.extend(pmsEnvironment.shape);
