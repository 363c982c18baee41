import { expect, it } from 'vitest';
import { lostPlaceholders } from '../../../shared/domain/vault/placeholders.ts';
import { BUILT_IN_PROMPTS, improvementPrompt, TONES } from '../../../shared/domain/vault/system-prompt.ts';

it.each([
  ['{A} y {B_2}', '{B_2}, {A}', []],
  ['{A} y {A}', '{A}', []],
  ['{NOMBRE}', '{NAME}', ['{NOMBRE}']],
  ['{NOMBRE}', '{nombre}', ['{NOMBRE}']],
  ['{NOMBRE}', '{ NOMBRE }', ['{NOMBRE}']],
  ['{wifi} {AÑO}', 'nada', ['{wifi}', '{AÑO}']],
  ['{una frase entre llaves}', 'otra', []],
  ['sin marcadores', 'con {UNO}', []],
])('%j answered by %j has lost %j', (original, answer, lost) => {
  expect(lostPlaceholders(original, answer)).toEqual(lost);
});

it('every built-in prompt demands that placeholders stay and that nothing but the text comes', () => {
  for (const text of Object.values(BUILT_IN_PROMPTS)) {
    expect(text).toContain('{NOMBRE}');
    expect(text).toContain('Devuelve solo el texto');
  }
  expect([null, ...TONES].map(improvementPrompt)).toEqual(
    Object.keys(BUILT_IN_PROMPTS).filter((name) => name !== 'vault_traducir'),
  );
});
