import * as z from 'zod';

/** `GET /api/health` of both surfaces (ruling 14). */
export const healthAnswer = z.object({
  ok: z.literal(true),
  status: z.literal('ok'),
  timestamp: z.string(),
  version: z.string(),
});

export const csrfAnswer = z.object({ ok: z.literal(true), csrf_token: z.string().length(43) });

/** Files that the documentation page is made of; all come from this host (D-21). */
export const docsAssetParams = z.object({
  asset: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'initializer.js']),
});
export type DocsAsset = z.infer<typeof docsAssetParams>['asset'];
