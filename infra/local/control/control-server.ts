import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBody } from '../host/read-body.ts';
import { decodeSegment } from '../host/route-map.ts';
import { type ControlAnswer, problem, send } from './control-answer.ts';
import { CONTROL_ROUTES, type ControlRoute } from './control-routes.ts';
import type { ControlledCloud } from './controlled-cloud.ts';
import { refusal } from './guard.ts';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** True for what the control routes answer and the gateway never sees. */
export function isControlPath(url: string): boolean {
  return url === '/_local' || url.startsWith('/_local/') || url.startsWith('/_local?');
}

/** Serves `/_local/` for the person at this machine. */
export function createControl(cloud: ControlledCloud): RequestListener {
  return (request, response) => {
    answer(cloud, request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url} failed`, error);
      if (response.headersSent) response.destroy();
      else send(response, problem(500, error instanceof Error ? error.message : 'It failed.'));
    });
  };
}

async function answer(cloud: ControlledCloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  send(response, body === undefined ? problem(413, 'The body is too large.') : await dispatch(cloud, request, body));
}

async function dispatch(cloud: ControlledCloud, request: IncomingMessage, body: Buffer): Promise<ControlAnswer> {
  const refused = refusal(request);
  if (refused !== undefined) return problem(403, refused);
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (path === '/_local') return { status: 308, headers: { location: '/_local/' }, body: { ok: true } };
  const match = find(path);
  if (match === undefined)
    return problem(404, `There is no ${path}.`, { routes: CONTROL_ROUTES.map((route) => route.path) });
  const { route, variables } = match;
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const operation = route.methods[method];
  if (operation !== undefined) return operation({ cloud, variables, body });
  const allow = Object.keys(route.methods).join(', ');
  return { ...problem(405, `${path} takes ${allow}.`), headers: { allow } };
}

function find(path: string): { route: ControlRoute; variables: readonly string[] } | undefined {
  const segments = path.split('/');
  for (const route of CONTROL_ROUTES) {
    const wanted = route.path.split('/');
    const fits =
      wanted.length === segments.length &&
      wanted.every((segment, i) => (segment === '{}' ? segments[i] !== '' : segment === segments[i]));
    if (!fits) continue;
    const variables = segments.filter((_, i) => wanted[i] === '{}').map(decodeSegment);
    return { route, variables };
  }
  return undefined;
}
