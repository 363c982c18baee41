import { foundTemplate, type TemplateDeps, templateFact, untilCommitted } from './template-deps.ts';

/** Deletes a template; the tasks that it has made stay. @throws AppError `not_found` */
export async function deleteTemplate(deps: TemplateDeps, id: number): Promise<undefined> {
  await untilCommitted(async () => {
    const seen = await foundTemplate(deps, id);
    await deps.commit(templateFact('plantilla_tarea.borrar', seen, seen), [deps.templates.deleting(seen)]);
  });
}
