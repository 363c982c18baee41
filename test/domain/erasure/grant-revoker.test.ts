import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { revokeInTime } from '../../../shared/domain/erasure/grant-revoker.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

const scope = {} as TenantScope;

describe('revoking a grant', () => {
  it('has nothing to do where none is stored', async () => {
    expect(await revokeInTime({ revoke: async () => 'ninguna' }, scope)).toBe('ninguna');
  });

  it('tells what Google said', async () => {
    expect(await revokeInTime({ revoke: async () => 'revocada' }, scope)).toBe('revocada');
  });

  it('goes on when it fails', async () => {
    const revoke = () => Promise.reject(new Error('out of order'));
    expect(await revokeInTime({ revoke }, scope)).toBe('sin_respuesta');
  });

  describe('in three seconds', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('goes on without an answer, and tells the revoker so', async () => {
      const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
        const over = new AbortController();
        setTimeout(() => over.abort(), milliseconds);
        return over.signal;
      });
      let told: AbortSignal | undefined;
      const outcome = revokeInTime(
        {
          revoke: (_, signal) => {
            told = signal;
            return new Promise(() => {});
          },
        },
        scope,
      );
      await vi.advanceTimersByTimeAsync(2_999);
      expect(told?.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await outcome).toBe('sin_respuesta');
      expect(told?.aborted).toBe(true);
      timeout.mockRestore();
    });
  });
});
