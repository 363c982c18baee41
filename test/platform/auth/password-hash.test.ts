import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../../shared/platform/auth/password-hash.ts';

describe('password hashes', () => {
  it('are argon2id in PHC form with the cost that the platform chose', async () => {
    expect(await hashPassword('admin123')).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it('match the very same text only: 128 characters, angle brackets and spaces included', async () => {
    const password = ` <b>ñ\t${'x'.repeat(120)}> `;
    expect(password).toHaveLength(128);
    const hash = await hashPassword(password);
    expect(await verifyPassword(password, hash)).toBe(true);
    expect(await verifyPassword(password.trim(), hash)).toBe(false);
    expect(await verifyPassword(password.slice(0, 127), hash)).toBe(false);
  });

  it('without a hash, or with one of another form, nobody gets in', async () => {
    expect(await verifyPassword('admin123', undefined)).toBe(false);
    expect(await verifyPassword('', undefined)).toBe(false);
    expect(await verifyPassword('admin123', '$2b$12$abc')).toBe(false);
  });

  it('follow the reference implementation (RFC 9106 parameters, known answer)', async () => {
    // Known answer of the argon2 reference tool: argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 with "password".
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword('password', hash)).toBe(true);
    expect(await verifyPassword('Password', hash)).toBe(false);
  });
});
