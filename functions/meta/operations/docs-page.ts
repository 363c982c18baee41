import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Reply, reply } from '../../../shared/platform/http/route.ts';
import type { DocsAsset } from '../schemas.ts';

/** Swagger UI sets style attributes and draws its icons from `data:`; nothing else leaves the policy of the API. */
const DOCS_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
const KEPT = { 'Cache-Control': 'public, max-age=3600' } as const;

const PAGE = `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stay Ops · API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<noscript>La documentación interactiva necesita JavaScript. El documento está en <a href="/api/docs/openapi.yaml">openapi.yaml</a>.</noscript>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/initializer.js"></script>
</body>
</html>
`;

/** Starts Swagger UI and adds the CSRF pair to writes, as any client has to. */
const INITIALIZER = `const csrf = async () => {
  const kept = document.cookie.split('; ').find((cookie) => cookie.startsWith('csrf_token='));
  if (kept) return kept.slice('csrf_token='.length);
  return (await (await fetch('/api/csrf-token')).json()).csrf_token;
};
SwaggerUIBundle({
  url: '/api/docs/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    if (!['GET', 'HEAD'].includes(request.method || 'GET')) request.headers['X-CSRF-Token'] = await csrf();
    return request;
  },
});
`;

/** The documentation page (`stay-sidekick.md` §4.1). */
export function docsPage(): Reply<string> {
  return reply(PAGE, { headers: { 'Content-Security-Policy': DOCS_POLICY } });
}

const CONTENT_TYPES: Readonly<Record<DocsAsset, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'initializer.js': 'text/javascript; charset=utf-8',
};

/** One file of the page; Swagger UI's own are found as a package, beside the bundle as in the source tree. */
export async function docsAsset(asset: DocsAsset): Promise<Reply<string>> {
  const headers = { 'Content-Type': CONTENT_TYPES[asset], ...KEPT };
  if (asset === 'initializer.js') return reply(INITIALIZER, { headers });
  const file = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${asset}`));
  return reply(await readFile(file, 'utf8'), { headers });
}

/** The committed OpenAPI document, which stands beside the handler in the bundle too. */
export async function openapiDocument(directory: URL): Promise<Reply<string>> {
  return reply(await readFile(new URL('openapi.yaml', directory), 'utf8'));
}
