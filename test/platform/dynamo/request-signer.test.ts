import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../shared/platform/dynamo/request-signer.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('the digest that requests are signed with', () => {
  it('is SHA-256 (FIPS 180-4)', async () => {
    const digest = new Sha256();
    digest.update(bytes('a'));
    digest.update(bytes('bc'));
    expect(hex(await digest.digest())).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  // RFC 4231, test case 2.
  it.each([
    ['a text', 'Jefe'],
    ['bytes', bytes('Jefe')],
    ['bytes within a buffer', new Uint8Array(Buffer.from('xxJefexx')).subarray(2, 6)],
    ['a buffer', bytes('Jefe').buffer],
  ])('is HMAC-SHA-256 where the secret is %s', async (_, secret) => {
    const digest = new Sha256(secret);
    digest.update(bytes('what do ya want for nothing?'));
    expect(hex(await digest.digest())).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('begins anew when it is told to', async () => {
    const digest = new Sha256('Jefe');
    digest.update(bytes('something else'));
    digest.reset();
    digest.update(bytes('what do ya want for nothing?'));
    expect(hex(await digest.digest())).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
});

// `get-vanilla` of the test suite that AWS publishes for Signature Version 4.
it('gives the signature that AWS expects', async () => {
  const signer = new SignatureV4({
    service: 'service',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname: 'example.amazonaws.com',
    path: '/',
    query: {},
    headers: { host: 'example.amazonaws.com' },
  };
  const { headers } = await signer.sign(request, { signingDate: new Date('2015-08-30T12:36:00Z') });
  expect(headers.authorization).toContain('Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
});
