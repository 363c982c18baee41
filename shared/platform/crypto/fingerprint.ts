import { createHmac } from 'node:crypto';
import { type DataKey, preparedKey } from './sealed.ts';

/**
 * A name for something that is derived from a guest's data and rests in clear, e.g. in a sort key: without the
 * tenant's key nobody can try names against it. 32 hexadecimal digits.
 */
export function fingerprint(key: DataKey, text: string): string {
  return createHmac('sha256', preparedKey(key)).update(`fingerprint\n${text}`).digest('hex').slice(0, 32);
}
