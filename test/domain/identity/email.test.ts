import { describe, expect, it } from 'vitest';
import { normalizeEmail } from '../../../shared/domain/identity/email.ts';

describe('e-mail addresses (§2.12)', () => {
  it.each([
    [' Dev@StaySidekick.ES ', 'dev@staysidekick.es'],
    ['a+b~c@example.com', 'a+b~c@example.com'],
    ['José@exämple.es', 'josé@xn--exmple-cua.es'],
    ['x@sub.domain.co', 'x@sub.domain.co'],
  ])('%s is %s', (text, email) => expect(normalizeEmail(text)).toBe(email));

  it.each([
    'nobody',
    'a@b',
    '@b.es',
    'a@',
    '"a b"@c.es',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@localhost',
    'a@x.local',
    'a@x.test',
    'a@x.invalid',
    'a@x.onion',
    'a@x.arpa',
    'a..b@c.es',
    '.a@c.es',
    'a.@c.es',
    'a@-c.es',
    'a@c..es',
    'a b@c.es',
    'a@b@c.es',
    `${'a'.repeat(250)}@c.es`,
    'a\n@c.es',
  ])('%j is none', (text) => expect(normalizeEmail(text)).toBeUndefined());
});
