import { describe, expect, it } from 'vitest';
import { temporaryPassword } from '../../../shared/platform/auth/temporary-password.ts';

describe('a temporary password (§2.13)', () => {
  const made = Array.from({ length: 2_000 }, temporaryPassword);

  it('has twelve characters of all four classes, one of them a symbol, and nothing that is misread', () => {
    for (const password of made) {
      expect(password).toMatch(/^[A-Za-z2-9!#$%*+\-=?@]{12}$/);
      for (const kind of [/[A-Z]/, /[a-z]/, /\d/]) expect(password).toMatch(kind);
      expect(password.replace(/[A-Za-z\d]/g, '')).toHaveLength(1);
      expect(password).not.toMatch(/[IOl01<>\s]/);
    }
  });

  it('comes never twice, and with the symbol at any place', () => {
    expect(new Set(made).size).toBe(made.length);
    const places = new Set(made.map((password) => password.search(/[^A-Za-z\d]/)));
    expect(places.size).toBe(12);
  });
});
