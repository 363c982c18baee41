import { randomInt } from 'node:crypto';
import * as z from 'zod';

const flag = z.union([z.boolean(), z.stringbool()]).default(false);

/** `GenerateSecretString` of a template, with CloudFormation's own defaults. */
export const generateSecretString = z
  .strictObject({
    PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
    ExcludeCharacters: z.string().default(''),
    ExcludeLowercase: flag,
    ExcludeUppercase: flag,
    ExcludeNumbers: flag,
    ExcludePunctuation: flag,
    IncludeSpace: flag,
    RequireEachIncludedType: z.union([z.boolean(), z.stringbool()]).default(true),
    SecretStringTemplate: z.string().optional(),
    GenerateStringKey: z.string().optional(),
  })
  .refine((spec) => (spec.SecretStringTemplate === undefined) === (spec.GenerateStringKey === undefined), {
    error: 'SecretStringTemplate and GenerateStringKey go together',
  });

export type GenerateSecretString = z.output<typeof generateSecretString>;

const CHARACTERS = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  space: ' ',
};

/** The secret's text: a password, or the template's JSON object with the password under its key. */
export function generateSecret(spec: GenerateSecretString): string {
  const password = generatePassword(spec);
  if (spec.SecretStringTemplate === undefined || spec.GenerateStringKey === undefined) return password;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(spec.SecretStringTemplate));
  return JSON.stringify({ ...template, [spec.GenerateStringKey]: password });
}

function generatePassword(spec: GenerateSecretString): string {
  const sets = characterSets(spec);
  const all = sets.join('');
  const required = spec.RequireEachIncludedType ? sets.map(pick) : [];
  if (all === '' || required.length > spec.PasswordLength) {
    throw new Error('GenerateSecretString leaves no characters, or no room for one of each kind.');
  }
  const filling = Array.from({ length: spec.PasswordLength - required.length }, () => pick(all));
  return shuffle([...required, ...filling]).join('');
}

function characterSets(spec: GenerateSecretString): string[] {
  const excluded = new Set(spec.ExcludeCharacters);
  return [
    spec.ExcludeLowercase ? '' : CHARACTERS.lower,
    spec.ExcludeUppercase ? '' : CHARACTERS.upper,
    spec.ExcludeNumbers ? '' : CHARACTERS.digits,
    spec.ExcludePunctuation ? '' : CHARACTERS.punctuation,
    spec.IncludeSpace ? CHARACTERS.space : '',
  ]
    .map((set) => [...set].filter((character) => !excluded.has(character)).join(''))
    .filter((set) => set !== '');
}

function pick(set: string): string {
  return set[randomInt(set.length)] ?? '';
}

/** Fisher–Yates, so that the required characters do not stand in front. */
function shuffle(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const held = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = held;
  }
  return characters;
}
