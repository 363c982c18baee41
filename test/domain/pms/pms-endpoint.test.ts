import { describe, expect, it } from 'vitest';
import { baseOf, endpointBase } from '../../../shared/domain/pms/pms-endpoint.ts';

const addresses = {
  smoobu: 'http://127.0.0.1:1',
  beds24: 'http://127.0.0.1:2',
  hostaway: 'http://127.0.0.1:3',
  cloudbeds: 'http://127.0.0.1:4',
};

describe('an endpoint chooses among the hosts of its provider and nothing else (D-09)', () => {
  it.each([
    ['smoobu', 'https://login.smoobu.com', 'https://login.smoobu.com'],
    ['beds24', 'https://api.beds24.com/anything?x=1', 'https://api.beds24.com/v2'],
    ['beds24', 'https://beds24.com/api/v2', 'https://beds24.com/api/v2'],
    ['hostaway', 'https://API.hostaway.com/', 'https://api.hostaway.com/v1'],
    ['cloudbeds', 'https://api.cloudbeds.com', 'https://api.cloudbeds.com/api/v1.3'],
  ] as const)('%s %s', (provider, endpoint, base) => {
    expect(endpointBase(provider, endpoint)).toBe(base);
  });

  it.each([
    'http://login.smoobu.com',
    'https://login.smoobu.com:8443',
    'https://user:pass@login.smoobu.com',
    'https://login.smoobu.com.evil.example',
    'https://evil.example/login.smoobu.com',
    'https://169.254.169.254/latest/meta-data',
    'https://api.hostaway.com',
    'https://constructor',
    'login.smoobu.com',
    'file:///etc/passwd',
    '',
  ])('refuses %j', (endpoint) => {
    expect(endpointBase('smoobu', endpoint)).toBeUndefined();
  });

  it('counts in a deployed stage alone: a stand-in is not bypassed', () => {
    const endpoint = 'https://api.beds24.com';
    expect(baseOf({ addresses, hosts: 'any' }, 'beds24', endpoint)).toBe(addresses.beds24);
    expect(baseOf({ addresses, hosts: 'official' }, 'beds24', endpoint)).toBe('https://api.beds24.com/v2');
    expect(baseOf({ addresses, hosts: 'official' }, 'beds24', 'https://login.smoobu.com')).toBe(addresses.beds24);
    expect(baseOf({ addresses, hosts: 'official' }, 'beds24', null)).toBe(addresses.beds24);
  });
});
