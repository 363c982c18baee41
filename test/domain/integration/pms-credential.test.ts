import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePmsCredential } from '../../../shared/domain/integration/pms-credential.ts';
import { PMS_PROVIDERS, type PmsProvider } from '../../../shared/domain/integration/pms-provider.ts';

const parsed = (proveedor: PmsProvider, typed: string) => {
  const result = parsePmsCredential(proveedor, typed);
  return 'credential' in result ? result.credential : undefined;
};

describe('what is typed into the one field (integrations.md §0.4)', () => {
  it.each<[PmsProvider, string, object]>([
    ['smoobu', 'usr_live_demo01:s3cr3t-demo', { key: 'usr_live_demo01', secret: 's3cr3t-demo' }],
    ['smoobu', 'key:se:cr:et', { key: 'key', secret: 'se:cr:et' }],
    ['smoobu', 'oldSingleKey', { key: 'oldSingleKey', secret: null }],
    ['smoobu', 'key : secret', { key: 'key', secret: 'secret' }],
    ['beds24', 'invite:abc', { kind: 'invite', token: 'abc' }],
    ['beds24', 'REFRESH: ref+/=', { kind: 'refresh', token: 'ref+/=' }],
    ['beds24', 'longlife:tok', { kind: 'longlife', token: 'tok' }],
    ['beds24', 'whatever:tok', { kind: 'bare', token: 'whatever:tok' }],
    ['beds24', 'tok', { kind: 'bare', token: 'tok' }],
    ['hostaway', '61234:9f3c:d', { account: '61234', secret: '9f3c:d' }],
    ['cloudbeds', 'cbat_x', { key: 'cbat_x', property: null }],
    ['cloudbeds', 'cbat_x@190233', { key: 'cbat_x', property: '190233' }],
    ['cloudbeds', 'cb@at@190233', { key: 'cb@at', property: '190233' }],
  ])('%s: %s', (proveedor, typed, parts) => {
    expect(parsed(proveedor, typed)).toEqual({ proveedor, ...parts });
  });

  it('is read without white space and quotes around it, however many', () => {
    for (const typed of [' 1:s ', '"1:s"', '\t"\'1:s\'" \n', '“1:s”', '« 1:s »'.replace(/[«»]/g, '`')]) {
      expect(parsed('hostaway', typed)).toEqual({ proveedor: 'hostaway', account: '1', secret: 's' });
    }
  });

  it.each<[PmsProvider, string]>([
    ['smoobu', ':secret'],
    ['smoobu', 'key:'],
    ['smoobu', 'clavé:secret'],
    ['beds24', 'invite:'],
    ['beds24', 'refresh:   '],
    ['hostaway', '61234'],
    ['hostaway', 'abc:secret'],
    ['hostaway', '12 34:secret'],
    ['hostaway', '61234:'],
    ['cloudbeds', '@190233'],
    ['cloudbeds', 'cbat_x@'],
    ['cloudbeds', 'cbat\u0000x'],
    ['cloudbeds', '""'],
  ])('%s: %s is refused with a sentence that says how to write it', (proveedor, typed) => {
    expect(parsePmsCredential(proveedor, typed)).toEqual({ problem: expect.stringMatching(/^Escríbela .*\.$/) });
  });

  it('is never part of the sentence that refuses it, and never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PMS_PROVIDERS),
        fc.string({ maxLength: 60, unit: 'binary' }),
        (proveedor, typed) => {
          const result = parsePmsCredential(proveedor, `CANARY${typed}`);
          expect('problem' in result ? result.problem : '').not.toContain('CANARY');
        },
      ),
    );
  });
});
