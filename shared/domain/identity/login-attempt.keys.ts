import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition } from '../../platform/tenant/tenant-partition.ts';

/**
 * Failed log-ins of one pair of name and source address: `P#RATE#login-pair#<pair>` / `FAILURES`. The pair is a digest:
 * the row must tell neither who tried nor from where.
 */
export function loginFailuresKey(pair: string): Key {
  return { pk: platformPartition('RATE', 'login-pair', pair), sk: 'FAILURES' };
}
