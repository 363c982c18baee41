import { describe, expect, it } from 'vitest';
import { isAllowedIp, isPublicIp, problemOfAddress } from '../../../shared/platform/outbound/public-address.ts';

describe('an address of the internet', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('%s is public', (address) => {
    expect(isPublicIp(address)).toBe(true);
  });

  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['loopback', '127.8.8.8'],
    ['link-local, metadata of the clouds', '169.254.169.254'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '203.0.113.7'],
    ['protocol assignments', '192.0.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped', '::ffff:10.0.0.1'],
    ['mapped, in hexadecimal', '::ffff:a9fe:a9fe'],
    ['IPv4-compatible', '::10.0.0.1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of a network of its own', '64:ff9b:1::a00:1'],
    ['6to4', '2002:a00:1::'],
    ['Teredo', '2001:0:1::1'],
    ['unique local, metadata of AWS', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['documentation', '2001:db8::1'],
    ['multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['no address at all', 'example.com'],
  ])('%s: %s is not', (_, address) => {
    expect(isPublicIp(address)).toBe(false);
  });

  it('on this machine is called where the stage allows it, and nothing else private is', () => {
    expect([isAllowedIp('127.0.0.1', 'allow'), isAllowedIp('::1', 'allow')]).toEqual([true, true]);
    expect(isAllowedIp('127.0.0.1', 'refuse')).toBe(false);
    expect([isAllowedIp('10.0.0.1', 'allow'), isAllowedIp('169.254.169.254', 'allow')]).toEqual([false, false]);
  });
});

describe('what an address says of itself', () => {
  it.each(['https://hooks.example.com/in', 'https://hooks.example.com:8443/in?a=1', 'https://example.com./in'])(
    '%s may be registered',
    (address) => {
      expect(problemOfAddress(address, 'refuse')).toBeUndefined();
    },
  );

  it.each([
    ['not_an_address', 'hooks.example.com'],
    ['not_an_address', 'file:///etc/passwd'],
    ['not_an_address', 'gopher://example.com/'],
    ['not_https', 'http://hooks.example.com/'],
    ['credentials', 'https://user:secret@hooks.example.com/'],
    ['port', 'https://hooks.example.com:22/'],
    ['port', 'https://hooks.example.com:1023/'],
    ['not_a_public_name', 'https://93.184.215.14/'],
    ['not_a_public_name', 'https://2130706433/'],
    ['not_a_public_name', 'https://0x7f.1/'],
    ['not_a_public_name', 'https://[::1]/'],
    ['not_a_public_name', 'https://[::ffff:127.0.0.1]/'],
    ['not_a_public_name', 'https://localhost/'],
    ['not_a_public_name', 'https://a.localhost./'],
    ['not_a_public_name', 'https://intranet/'],
    ['not_a_public_name', 'https://metadata.google.internal/'],
    ['not_a_public_name', 'https://printer.local/'],
  ])('%s: %s', (problem, address) => {
    expect(problemOfAddress(address, 'refuse')).toBe(problem);
  });

  it('names this machine, over http too, where the stage allows it', () => {
    for (const address of ['http://127.0.0.1:9000/in', 'http://localhost:9000/', 'http://[::1]:9000/']) {
      expect(problemOfAddress(address, 'allow')).toBeUndefined();
      expect(problemOfAddress(address, 'refuse')).toBe('not_https');
    }
    expect(problemOfAddress('http://10.0.0.1/', 'allow')).toBe('not_https');
    expect(problemOfAddress('https://10.0.0.1/', 'allow')).toBe('not_a_public_name');
  });
});
