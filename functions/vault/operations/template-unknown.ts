import { AppError } from '../../../shared/platform/errors/app-error.ts';

/** One answer for a template that is unknown, deleted or another company's (`stay-sidekick.md` §2.11). */
export function templateUnknown(): AppError {
  return new AppError('not_found', 'No existe esa plantilla.');
}
