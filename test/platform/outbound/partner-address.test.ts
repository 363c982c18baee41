import { describe, expect, it } from 'vitest';
import { partnerAddress } from '../../../shared/platform/outbound/partner-address.ts';

const hosts = ['beds24.com', 'api.beds24.com'];
const official = (value: string) => partnerAddress('BEDS24_BASE_URL', value, { hosts, allowed: 'official' });
const any = (value: string) => partnerAddress('BEDS24_BASE_URL', value, { hosts, allowed: 'any' });

describe('the base address of a partner', () => {
  it("is an https address of the partner's own hosts, without a slash at its end", () => {
    expect(official('https://beds24.com/api/v2/')).toBe('https://beds24.com/api/v2');
    expect(official('https://api.beds24.com')).toBe('https://api.beds24.com');
  });

  it.each([
    'http://beds24.com/api/v2',
    'https://beds24.com.example.org',
    'https://evil.beds24.com',
    'https://beds24.com:8443',
    'https://user:secret@beds24.com',
    'https://beds24.com/?to=x',
    'https://127.0.0.1',
    'file:///etc/passwd',
    'beds24.com',
    '',
  ])('%s is refused in a deployed stage, by the name of its variable alone', (value) => {
    expect(() => official(value)).toThrow(
      /^BEDS24_BASE_URL must be an https address of beds24\.com or api\.beds24\.com$/,
    );
  });

  it('may be a stand-in where the stage says so', () => {
    expect(any('http://127.0.0.1:4010')).toBe('http://127.0.0.1:4010');
    for (const value of ['ftp://127.0.0.1', 'http://a:b@127.0.0.1', 'nowhere']) expect(() => any(value)).toThrow();
  });
});
