import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  openAiKey,
  openPmsCredential,
  sealAiKey,
  sealPmsCredential,
} from '../../../shared/domain/integration/integration-secret.ts';

const key = { bytes: randomBytes(32) };
const credential = { proveedor: 'smoobu', key: 'usr_live_demo01', secret: 's3cr3t-demo' } as const;

describe('sealed keys', () => {
  it('open again, and show nothing of themselves', () => {
    const sealed = sealPmsCredential(key, credential);
    expect(openPmsCredential(key, sealed)).toEqual(credential);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toMatch(/usr_live|s3cr3t|smoobu/);
    const ai = { proveedor: 'gemini', api_key: 'AIza-demo' } as const;
    expect(openAiKey(key, sealAiKey(key, ai))).toEqual(ai);
  });

  it("open under the tenant's own key alone, unchanged, and only where they belong", () => {
    const sealed = sealPmsCredential(key, credential);
    expect(() => openPmsCredential({ bytes: randomBytes(32) }, sealed)).toThrow();
    expect(() => openAiKey(key, sealed)).toThrow();
    const changed = Buffer.from(sealed, 'base64');
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    expect(() => openPmsCredential(key, changed.toString('base64'))).toThrow();
  });
});
