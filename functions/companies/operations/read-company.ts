import type { Company } from '../../../shared/domain/company/company.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly companies: { find(): Promise<Company | undefined> };
}

/** @throws AppError `not_found` when the caller's company is no more */
export async function readCompany({ companies }: Deps) {
  const company = await companies.find();
  if (company === undefined) throw new AppError('not_found', 'Tu empresa ya no existe.');
  return ok({ empresa: company });
}
