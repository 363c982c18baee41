import { expect, it } from 'vitest';
import { chooseAi } from '../../../shared/domain/vault/ai-choice.ts';

const models = {
  shared: { vendor: 'gemini', model: 'gemini/g-shared' },
  ofVendor: { gemini: ['g-1', 'g-2'], openai: ['o-1', 'o-2'], claude: ['c-1'] },
} as const;

const own = (proveedor: 'default' | 'gemini' | 'openai' | 'claude', modelo: string | null = null) =>
  chooseAi(models, { proveedor, modelo }, { proveedor });

it.each([
  ['nothing set', chooseAi(models, undefined, undefined), ['gemini', 'g-shared', 'g-1', true, 'compartida']],
  [
    'a model without a key',
    chooseAi(models, { proveedor: 'openai', modelo: 'o-9' }, undefined),
    ['gemini', 'g-shared', 'g-1', true, 'compartida'],
  ],
  ['a key alone', own('openai'), ['openai', 'o-1', 'o-2', true, 'propia']],
  ['a model of its own', own('openai', 'gpt-4o'), ['openai', 'gpt-4o', 'o-1', false, 'propia']],
  ['a name with the old prefix', own('gemini', 'gemini/g-2'), ['gemini', 'g-2', 'g-1', true, 'propia']],
  ["another vendor's name", own('claude', 'gpt-4o'), ['claude', 'gpt-4o', 'c-1', false, 'propia']],
  ['a blank model', own('claude', ' '), ['claude', 'c-1', undefined, true, 'propia']],
  ['a key for the default provider', own('default'), ['gemini', 'g-shared', 'g-1', true, 'propia']],
])('%s', (_, choice, expected) => {
  if ('keyOf' in choice) throw new Error('This key fits');
  const { vendor, model, fallbackModel, minimalReasoning, clave } = choice;
  expect([vendor, model, fallbackModel, minimalReasoning, clave]).toEqual(expected);
});

it('a key of another provider is no choice', () => {
  expect(chooseAi(models, { proveedor: 'claude', modelo: null }, { proveedor: 'openai' })).toEqual({ keyOf: 'openai' });
});
