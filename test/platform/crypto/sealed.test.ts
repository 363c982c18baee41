import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { open, seal } from '../../../shared/platform/crypto/sealed.ts';

const key = { bytes: randomBytes(32) };

describe('sealed text', () => {
  it('opens to what was sealed, and looks different each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => open(key, 'here', seal(key, 'here', text)) === text),
    );
    expect(seal(key, 'here', 'same')).not.toBe(seal(key, 'here', 'same'));
  });

  it('opens neither with another key, nor in another place, nor when a byte was changed', () => {
    const sealed = seal(key, 'arrival/1', 'Ana');
    expect(() => open({ bytes: randomBytes(32) }, 'arrival/1', sealed)).toThrow();
    expect(() => open(key, 'arrival/2', sealed)).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(key, 'arrival/1', changed.toString('base64'))).toThrow();
    }
    expect(() => open(key, 'arrival/1', '')).toThrow();
  });
});
