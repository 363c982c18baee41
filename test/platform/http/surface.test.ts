import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { type Finding, surfaceOf, surfaceOfUnknownPath } from '../../../shared/platform/http/surface.ts';

const sidekick = surfaceOf('sidekick');
const aristay = surfaceOf('aristay');

function sentences(surface: typeof sidekick, schema: z.ZodType, input: unknown): string[] {
  const parsed = schema.safeParse(input, {
    reportInput: true,
    error: (finding) => surface.describe(finding as Finding),
  });
  return parsed.error?.issues.map((issue) => issue.message) ?? [];
}

describe('Stay Sidekick errors', () => {
  it('are always a list of sentences', () => {
    expect(sidekick.errorBody(new AppError('conflict', 'Ya existe.'))).toEqual({ ok: false, errors: ['Ya existe.'] });
  });

  it('name each field before its sentence', () => {
    const error = new AppError('invalid', 'x', {
      issues: [{ field: 'email', message: 'Es obligatorio.' }, { message: 'Sobra algo.' }],
    });
    expect(sidekick.errorBody(error)).toEqual({ ok: false, errors: ['email: Es obligatorio.', 'Sobra algo.'] });
  });

  it('speak Spanish for every kind of finding', () => {
    const schema = z.strictObject({
      a: z.string().min(8).max(10),
      b: z.int().min(0).max(200),
      c: z.enum(['x', 'y']),
      d: z.boolean(),
    });
    expect(sentences(sidekick, schema, { a: 'corta', b: 201, c: 'z', d: 'no', e: 1 })).toEqual([
      'Debe tener al menos 8 caracteres.',
      'Debe ser menor o igual que 200.',
      'Debe ser uno de: x, y.',
      'Debe ser verdadero o falso.',
      'No es un campo conocido. Quítalo o corrige su nombre.',
    ]);
    expect(sentences(sidekick, schema, {})).toEqual(Array(4).fill('Es obligatorio.'));
    expect(sentences(sidekick, z.int(), 1.5)).toEqual(['Debe ser un número entero.']);
  });
});

describe('Aristay errors', () => {
  it('put input problems under their field, whatever our code', () => {
    const issues = [
      { field: 'username', message: 'This field is required.' },
      { field: 'username', message: 'Another.' },
      { message: 'Whole body.' },
    ];
    for (const code of ['invalid', 'bad_request', 'conflict'] as const) {
      expect(aristay.status[code]).toBe(400);
      expect(aristay.errorBody(new AppError(code, 'x', { issues }))).toEqual({
        error: 'Validation failed',
        details: { username: ['This field is required.', 'Another.'], non_field_errors: ['Whole body.'] },
      });
    }
  });

  it('keep the single shapes of 401, 403, 404, 429 and 500', () => {
    expect(aristay.errorBody(new AppError('not_found', 'Not found.'))).toEqual({ detail: 'Not found.' });
    expect(aristay.errorBody(new AppError('forbidden', 'whatever'))).toEqual({ error: 'Permission denied' });
    expect(aristay.errorBody(new AppError('rate_limited', 'x', { retryAfter: 1 }))).toEqual({
      detail: 'Request was throttled. Expected available in 1 second.',
    });
    expect(aristay.errorBody(new AppError('internal', 'secret'))).toEqual({
      error: 'Internal server error',
      detail: 'An unexpected error occurred.',
    });
  });

  it('use the sentences that its clients know', () => {
    const schema = z.object({ a: z.string().min(1), b: z.int(), c: z.enum(['x']), d: z.email() });
    expect(sentences(aristay, schema, { a: '', b: 'n', c: 'z', d: 'no' })).toEqual([
      'This field may not be blank.',
      'A valid number is required.',
      '"z" is not a valid choice.',
      'Enter a valid email address.',
    ]);
    expect(sentences(aristay, schema, { a: null, b: 1.5, c: null })).toEqual([
      'This field may not be null.',
      'A valid integer is required.',
      'This field may not be null.',
      'This field is required.',
    ]);
    expect(sentences(aristay, z.array(z.int()).min(1), [])).toEqual(['This list may not be empty.']);
    expect(sentences(aristay, z.array(z.int()).max(1), [1, 2])).toEqual([
      'Ensure this field has no more than 1 elements.',
    ]);
  });
});

it('a path of neither surface answers by its last character (ruling 14)', () => {
  expect(surfaceOfUnknownPath('/api/nada')).toBe('sidekick');
  expect(surfaceOfUnknownPath('/api/nothing/')).toBe('aristay');
});
