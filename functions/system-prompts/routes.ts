import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { promptAnswer, promptBody, promptParams } from './schemas.ts';

const common = {
  surface: 'sidekick',
  tag: 'Administración',
  access: 'super',
  path: '/api/admin/system-prompts/{nombre}',
  params: promptParams,
} as const;

/** What AI is told, for the whole platform (`stay-sidekick.md` §4.12, D-08). */
export const systemPromptsRoutes = defineRoutes({
  leerSystemPrompt: {
    ...common,
    method: 'GET',
    summary: 'El texto que sustituye al prompt de fábrica, si lo hay',
    success: { status: 200, schema: promptAnswer },
    failures: [404],
  },
  guardarSystemPrompt: {
    ...common,
    method: 'PUT',
    summary: 'Sustituye un prompt desde la siguiente petición de IA',
    body: { schema: promptBody },
    success: { status: 200, schema: okAnswer },
    failures: [404],
  },
});
