import { describe, expect, it } from 'vitest';
import { usernamesFor } from '../../../shared/domain/identity/username.ts';

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

describe('user names for an address', () => {
  it('are its local part, then with a number, at last with a part of the id', () => {
    expect(usernamesFor('ana.ruiz@example.com', id)).toEqual([
      'ana.ruiz',
      'ana.ruiz2',
      'ana.ruiz3',
      'ana.ruiz-3fa85f64',
    ]);
  });

  it.each([
    ['josé@example.com', 'jose'],
    ["o'brien/x@example.com", 'obrienx'],
    ['al@example.com', 'al.example.com'],
    ['日本@example.com', '.example.com'],
    ['a+b_c-d@example.com', 'a+b_c-d'],
  ])('%s becomes %s', (email, username) => expect(usernamesFor(email, id)[0]).toBe(username));

  it('fit the rules for user names, whatever the address', () => {
    for (const email of [`${'a'.repeat(240)}@example.com`, '!@x.es', 'ñ@b.es']) {
      for (const username of usernamesFor(email, id)) expect(username).toMatch(/^[a-z0-9@.+_-]{3,150}$/);
    }
  });
});
