import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { errorAnswer } from '../../../shared/platform/http/answer-middleware.ts';
import { httpEvent } from '../../support/http-event.ts';

function headersOf(error: AppError): Readonly<Record<string, unknown>> {
  const request = { event: httpEvent('GET', '/api/perfil'), error, response: null };
  errorAnswer(new Map()).onError?.(request as never);
  return (request.response as unknown as { headers: Record<string, unknown> }).headers;
}

describe('an answer of 503', () => {
  it('says when to come again, also where nobody knows better', () => {
    expect(headersOf(new AppError('unavailable', 'x'))).toHaveProperty('Retry-After', '5');
    expect(headersOf(new AppError('unavailable', 'x', { retryAfter: 60 }))).toHaveProperty('Retry-After', '60');
    expect(headersOf(new AppError('internal', 'x'))).not.toHaveProperty('Retry-After');
  });
});
