import { createHash } from 'node:crypto';
import { isEmpresaId } from '../../platform/tenant/tenant-scope.ts';

/** One "object created" event of the arrivals bucket. */
export interface Drop {
  readonly empresaId: string;
  /** Whole object key, `arrivals/{empresa_id}/{anything}`. */
  readonly key: string;
  /** `{anything}` of the key. */
  readonly fileName: string;
  /** Instant of the event in ISO 8601. */
  readonly receivedAt: string;
  /** Orders drops: later sorts after earlier, whatever the order of their events. */
  readonly version: string;
}

const SEQUENCER_DIGITS = 32;

/**
 * Reads where a dropped object belongs (ruling 12); undefined for a key of no tenant.
 * @param sequencer S3's own hexadecimal order of the events of one key, of varying length
 */
export function dropOf(key: string, receivedAt: string, sequencer: string): Drop | undefined {
  const [, empresaId, fileName] = /^arrivals\/([^/]+)\/(.+)$/s.exec(key) ?? [];
  if (empresaId === undefined || fileName === undefined || !isEmpresaId(empresaId)) return undefined;
  const version = `${receivedAt}#${sequencer.toLowerCase().padStart(SEQUENCER_DIGITS, '0')}`;
  return { empresaId, key, fileName, receivedAt, version };
}

/** `results/{empresa_id}/{anything}.json`, beside the drop: the name loses its `.xlsx` and gains `.json`. */
export function resultKeyOf(drop: Pick<Drop, 'empresaId' | 'fileName'>): string {
  return `results/${drop.empresaId}/${drop.fileName.replace(/\.xlsx$/i, '')}.json`;
}

/** Names the place of a drop in keys, whatever characters its object key holds. */
export function sourceOf(drop: Pick<Drop, 'key'>): string {
  return createHash('sha256').update(drop.key).digest('hex').slice(0, 32);
}

/** The same for the same version of the same object, so that a retry writes the same record again. */
export function importIdOf(drop: Drop): string {
  return `imp_${createHash('sha256').update(`${drop.key}\n${drop.version}`).digest('hex').slice(0, 24)}`;
}
