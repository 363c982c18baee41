import { ok } from '../../../shared/platform/http/answers.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: { retire(id: string, now: string): Promise<boolean> };
  readonly now: string;
}

/** Takes a template out of every list; may be repeated. @throws AppError `not_found` */
export async function retireTemplate({ templates, now }: Deps, id: string) {
  if (!(await templates.retire(id, now))) throw templateUnknown();
  return ok({});
}
