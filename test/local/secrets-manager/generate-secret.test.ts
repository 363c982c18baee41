import { describe, expect, test } from 'vitest';
import { generateSecret, generateSecretString } from '../../../infra/local/secrets-manager/generate-secret.ts';

const generate = (spec: object) => generateSecret(generateSecretString.parse(spec));

describe('generated secrets', () => {
  test('have 32 characters with one of each kind by default', () => {
    for (let round = 0; round < 50; round += 1) {
      const secret = generate({});
      expect(secret).toHaveLength(32);
      for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\s]/]) expect(secret).toMatch(kind);
    }
    expect(generate({})).not.toBe(generate({}));
  });

  test.each([
    [{ ExcludePunctuation: true, PasswordLength: '200' }, /^[A-Za-z0-9]{200}$/],
    [{ ExcludePunctuation: 'true', ExcludeUppercase: true, ExcludeLowercase: true }, /^\d{32}$/],
    [{ ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true }, /^[a-z]{32}$/],
    [{ ExcludeCharacters: '"@/\\\'', PasswordLength: 500 }, /^[^"@/\\']{500}$/],
    [{ IncludeSpace: true, PasswordLength: 64 }, / /],
    [{ PasswordLength: 4 }, /^.{4}$/],
  ])('of %o', (spec, pattern) => {
    for (let round = 0; round < 20; round += 1) expect(generate(spec)).toMatch(pattern);
  });

  test('stand under their key in the template', () => {
    const SecretStringTemplate = JSON.stringify({ kid: 'k1', alg: 'HS256' });
    const secret = JSON.parse(generate({ SecretStringTemplate, GenerateStringKey: 'key', ExcludePunctuation: true }));
    expect(secret).toEqual({ kid: 'k1', alg: 'HS256', key: expect.stringMatching(/^[A-Za-z0-9]{32}$/) });
  });

  test('refuse what cannot be', () => {
    expect(() => generate({ PasswordLength: 3 })).toThrow();
    expect(() => generate({ SecretStringTemplate: '{}' })).toThrow();
    expect(() => generate({ PasswordLenght: 12 })).toThrow();
    const nothing = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };
    expect(() => generate(nothing)).toThrow();
  });
});
