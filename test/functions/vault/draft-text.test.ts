import { afterEach, expect, it, vi } from 'vitest';
import { type DraftDeps, draftText } from '../../../functions/vault/operations/draft-text.ts';
import { FUNCTIONS } from '../../../infra/config/functions.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { CallEnd } from '../../../shared/domain/vault/ai-usage.repository.ts';
import { NO_USAGE } from '../../../shared/domain/vault/ai-usage.ts';
import { type AiClient, AiFailed } from '../../../shared/platform/ai/ai-client.ts';

afterEach(() => vi.restoreAllMocks());

const ORDER = { accion: 'mejorar', prompt: 'vault_mejorar', idioma: 'es', contenido: 'Hola {NOMBRE}' } as const;

/** A service that never answers, as long as it is let. */
const silent: AiClient = ({ signal }) =>
  new Promise((_, fail) => {
    const end = () => fail(new AiFailed('TIMEOUT'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

function world() {
  const settled: CallEnd[] = [];
  const deps: DraftDeps = {
    empresaId: 'a',
    integrations: { find: async () => ({}) },
    companies: { find: async () => ({ zona_horaria: 'Europe/Madrid' }) as Company },
    prompts: { find: async () => undefined },
    usage: {
      reserve: async () => ({ kind: 'reserved', window: NO_USAGE }),
      settle: async (end) => void settled.push(end),
    },
    dataKey: () => Promise.reject(new Error('There is no own key')),
    sharedKey: async () => 'key',
    clients: { gemini: silent, openai: silent, claude: silent },
    models: { shared: { vendor: 'gemini', model: 'm' }, ofVendor: { gemini: ['m'], openai: [], claude: [] } },
    limits: { daily: 100, weekly: 500 },
    clock: { now: () => new Date('2026-11-21T10:00:00Z') },
    ids: { next: (prefix) => prefix, uuid: () => 'u' },
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn(), within: (_, work) => work() },
  };
  return { deps, settled };
}

it('a service that says nothing for 25 s is a 504 while the function still lives, and gives its place back', async () => {
  const over = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal);
  const { deps, settled } = world();
  const draft = draftText(deps, ORDER);
  setTimeout(() => over.abort(), 0);
  await expect(draft).rejects.toMatchObject({ code: 'timeout' });
  expect(timeout.mock.calls).toEqual([[25_000]]);
  expect(FUNCTIONS.vault.timeoutSeconds).toBeGreaterThan(25);
  expect(settled).toMatchObject([{ reserved: { fecha: '2026-11-21' }, counts: false, answers: [] }]);
});
