import * as z from 'zod';
import { type CallOut, jsonOf, OutboundFailed, type OutboundRequest } from '../outbound/outbound-call.ts';
import { type AiAddressVariables, aiAddress } from './ai-addresses.ts';
import type { AiVendor } from './ai-client.ts';

/** A vendor's list of models could not be read. Says nothing of the key. */
export class ModelsUnread extends Error {
  override readonly name = 'ModelsUnread';
  /** Status of the answer, or what went wrong before there was one. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The list of models could not be read: ${reason}`);
    this.reason = reason;
  }
}

interface Page {
  readonly models: readonly string[];
  /** What is added to the address of the next page; undefined after the last. */
  readonly next: Readonly<Record<string, string>> | undefined;
}

/** How one vendor lists its models (`integrations.md` §3). */
interface Listing {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  headers(apiKey: string): Record<string, string>;
  /** @throws z.ZodError for what is no list */
  read(body: unknown): Page;
}

const geminiPage = z.object({
  models: z.array(z.object({ name: z.string() })).default([]),
  nextPageToken: z.string().optional(),
});
const openaiPage = z.object({ data: z.array(z.object({ id: z.string() })) });
const anthropicPage = openaiPage.extend({ has_more: z.boolean().default(false), last_id: z.string().nullish() });

const LISTINGS: Readonly<Record<AiVendor, Listing>> = {
  gemini: {
    path: '/v1beta/models',
    query: { pageSize: '200' },
    headers: (apiKey) => ({ 'x-goog-api-key': apiKey }),
    read(body) {
      const { models, nextPageToken } = geminiPage.parse(body);
      const next = nextPageToken ? { pageToken: nextPageToken } : undefined;
      return { models: models.map(({ name }) => name.replace(/^models\//, '')), next };
    },
  },
  openai: {
    path: '/v1/models',
    query: {},
    headers: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
    read: (body) => ({ models: openaiPage.parse(body).data.map(({ id }) => id), next: undefined }),
  },
  claude: {
    path: '/v1/models',
    query: { limit: '100' },
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    read(body) {
      const { data, has_more, last_id } = anthropicPage.parse(body);
      return { models: data.map(({ id }) => id), next: has_more && last_id ? { after_id: last_id } : undefined };
    },
  },
};

const MOST_PAGES = 10;
const MOST_BYTES = 2_000_000;

interface Asking {
  readonly env: AiAddressVariables;
  readonly callOut: CallOut;
  readonly apiKey: string;
  /** Ends all pages together. */
  readonly signal: AbortSignal;
}

/** The names of the models that a vendor serves to a key. @throws ModelsUnread */
export async function listModels(vendor: AiVendor, asking: Asking): Promise<ReadonlySet<string>> {
  const { path, query, headers, read } = LISTINGS[vendor];
  const address = `${aiAddress(vendor, asking.env)}${path}`;
  const found = new Set<string>();
  let next: Page['next'] = {};
  for (let page = 0; page < MOST_PAGES && next !== undefined; page += 1) {
    const asked = new URLSearchParams({ ...query, ...next });
    const request = {
      method: 'GET',
      address: asked.size > 0 ? `${address}?${asked}` : address,
      headers: headers(asking.apiKey),
    } as const;
    const answer: Page = await pageOf(request, asking, read);
    for (const model of answer.models) found.add(model);
    next = answer.next;
  }
  return found;
}

async function pageOf(request: OutboundRequest, { callOut, signal }: Asking, read: Listing['read']): Promise<Page> {
  try {
    const answer = await callOut(request, { signal, mostBytes: MOST_BYTES });
    if (answer.status !== 200) throw new ModelsUnread(String(answer.status));
    return read(jsonOf(answer));
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) throw new ModelsUnread(thrown.problem);
    if (thrown instanceof z.ZodError) throw new ModelsUnread('unexpected answer');
    throw thrown;
  }
}
