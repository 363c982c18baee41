import type { Erasure } from '../../../shared/domain/erasure/erasure.ts';
import { receiptKey, verifyReceipt } from '../../../shared/domain/erasure/receipt.ts';
import type { SigningKey } from '../../../shared/platform/auth/signing-key.ts';
import type { ListPage, PageRequest } from '../../../shared/platform/dynamo/list-newest.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';

export interface ReadErasureDeps {
  readonly erasures: {
    find(empresaId: string): Promise<Erasure | undefined>;
    list(page: PageRequest): Promise<ListPage<Erasure>>;
  };
  readonly secrets: SecretStore;
}

/** @throws AppError `not_found` for a company that was never erased */
export async function readErasure({ erasures, secrets }: ReadErasureDeps, empresaId: string) {
  const found = await erasures.find(empresaId);
  if (found === undefined) throw new AppError('not_found', 'No consta el borrado de esa empresa.');
  return ok({ borrado: shown(found, await keysFor([found], secrets)) });
}

/** Newest first, a page at a time. */
export async function listErasures({ erasures, secrets }: ReadErasureDeps, page: PageRequest) {
  const { items, cursor } = await erasures.list(page);
  const keys = await keysFor(items, secrets);
  return ok({ borrados: items.map((erasure) => shown(erasure, keys)), siguiente: cursor });
}

/** `integra` is null where there is no signature yet, or where its key is no longer kept. */
function shown(erasure: Erasure, keys: readonly SigningKey[]) {
  const integra = erasure.firma === null ? null : (verifyReceipt(erasure, erasure.firma, keys) ?? null);
  return { ...erasure, integra };
}

/** The key in use, and the one before it if some receipt asks for it. */
async function keysFor(erasures: readonly Erasure[], secrets: SecretStore): Promise<readonly SigningKey[]> {
  const current = receiptKey(await secrets.read('SECRET_KEY'));
  const isOlder = ({ firma }: Erasure) => firma !== null && firma.kid !== current.kid;
  if (!erasures.some(isOlder)) return [current];
  // A secret that was never rotated has no version before.
  const previous = await secrets.read('SECRET_KEY', 'previous').catch(() => undefined);
  return previous === undefined ? [current] : [current, receiptKey(previous)];
}
