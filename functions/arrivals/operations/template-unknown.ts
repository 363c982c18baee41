import { AppError } from '../../../shared/platform/errors/app-error.ts';

/** The answer to a template that this tool does not have. */
export function templateUnknown(): AppError {
  return new AppError('not_found', 'No existe esa plantilla de llegadas tardías.');
}
