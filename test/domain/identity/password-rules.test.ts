import { describe, expect, it } from 'vitest';
import { COMMON_PASSWORDS } from '../../../shared/domain/identity/common-passwords.ts';
import { weaknessOf } from '../../../shared/domain/identity/password-rules.ts';
import { isPredictable } from '../../../shared/domain/identity/predictable-password.ts';
import { sourceFiles } from '../../architecture/source-files.ts';

const context = {
  email: 'maria.lopez@coastalstays.com',
  username: 'ola.del.norte',
  companyName: 'Coastal Stays SL',
  currentPassword: 'xK7!mQ2nRpLw',
};

describe('a new password (D-59)', () => {
  it.each([
    'una-nueva',
    'correct horse battery',
    'NewPass456!',
    ' <otra> contraseña ',
    'ñandú-verde-9',
    'пароль-семь',
    'qhfjzmwoapdkeb',
    'securepassword',
    'tequila-con-maría-lejos',
    'x'.repeat(4) + 'contraseña larga'.repeat(8),
  ])('%j may be taken', (password) => expect(weaknessOf(password, context)).toBeUndefined());

  it.each([
    'password',
    'Password1!',
    'P@ssw0rd2026!',
    'CONTRASEÑA123',
    'contrasena',
    'admin123',
    '¡Bienvenido!',
    'realmadrid',
  ])('%j is tried first by everybody', (password) => expect(weaknessOf(password, context)).toBe('common'));

  it.each([
    '12345678',
    '87654321',
    'abcdefgh',
    'qwertyui',
    'asdf1234',
    'aaaaaaaa',
    'abcabcabc',
    'ab12ab12ab12',
    '1qaz2wsx3edc',
    '19880501',
    '01121988',
    '!!!!!!!!!!',
  ])('%j is a sequence, a repetition or a date', (password) =>
    expect(weaknessOf(password, context)).toBe('predictable'),
  );

  it.each(['MariaLopez1', 'lopez-maria', 'CoastalStays26', 'c0astalstays!', 'coastal-stays-sl', 'oladelnorte26'])(
    '%j is what everybody knows of the person',
    (password) => expect(weaknessOf(password, context)).toBe('personal'),
  );

  it.each(['xK7!mQ2nRpLw', 'XK7!MQ2NRPLW', 'xK7!mQ2nRpLw1', 'xK7mQ2nRpLw', 'xK7!mQ2nRpLx', '99xK7!mQ2nRpLw!'])(
    '%j is hardly another than the current one',
    (password) => expect(weaknessOf(password, context)).toBe('reused'),
  );

  it('is judged without failing on empty or odd surroundings', () => {
    const bare = { email: 'a@b.es', username: 'abc', companyName: '', currentPassword: '1' };
    expect(weaknessOf('un-buen-secreto', bare)).toBeUndefined();
    expect(weaknessOf('🙂🙃🙂🙃🙂🙃🙂🙃', bare)).toBe('predictable');
  });
});

describe('the list of common passwords', () => {
  const words = COMMON_PASSWORDS.trim().split(/\s+/);

  it('holds each word once, in lower case, eight characters and more, and nothing that the rules catch anyway', () => {
    expect(words.length).toBeGreaterThan(1_500);
    expect(words.filter((word, position) => words.indexOf(word) !== position)).toEqual([]);
    expect(words.filter((word) => word.length < 8 || word !== word.toLowerCase() || isPredictable(word))).toEqual([]);
  });

  it('is no part of signing in, nor of the authorizer', () => {
    const files = new Map(sourceFiles('functions', 'shared').map((file) => [file.path, file.files]));
    const reached = new Set<string>();
    const follow = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const next of files.get(path) ?? []) follow(next);
    };
    follow('functions/auth/handler.ts');
    follow('functions/authorizer/handler.ts');
    expect(reached.size).toBeGreaterThan(20);
    expect([...reached].filter((path) => /password-rules|common-passwords/.test(path))).toEqual([]);
  });
});
