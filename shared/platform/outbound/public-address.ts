import ipaddr from 'ipaddr.js';

/**
 * `refuse`: https to names of the public internet alone. `allow`: this machine as well, over http too, so that a
 * receiver can be tried beside the local cloud; every other network stays refused.
 */
export type PrivateTargets = 'allow' | 'refuse';

/** Why an address is not called. */
export type TargetProblem =
  | 'not_an_address'
  | 'not_https'
  | 'credentials'
  | 'port'
  | 'not_a_public_name'
  | 'private_network'
  | 'unresolved';

/** Ends of names that the public DNS does not know (RFC 2606, RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`). */
const PRIVATE_ENDS = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'home.arpa',
  'arpa',
  'test',
  'invalid',
  'onion',
];
const LOWEST_OTHER_PORT = 1024;
const HTTPS_PORT = 443;

/** True for an address that belongs to nobody's own network: unicast, and neither shared, mapped nor reserved. */
export function isPublicIp(address: string): boolean {
  return rangeOf(address) === 'unicast';
}

/** True when a connection to the address may be made. */
export function isAllowedIp(address: string, privateTargets: PrivateTargets): boolean {
  const range = rangeOf(address);
  return range === 'unicast' || (privateTargets === 'allow' && range === 'loopback');
}

function rangeOf(address: string): string {
  // A zone (`fe80::1%eth0`) is none of the internet's.
  if (!ipaddr.isValid(address) || address.includes('%')) return 'invalid';
  // `::ffff:10.0.0.1` reaches 10.0.0.1.
  return ipaddr.process(address).range();
}

/**
 * What an address says of itself, before any name is looked up (`aristay.md` §8.3): https, port 443 or from 1024 on, a
 * public DNS name, no credentials. WHATWG parsing has made `0x7f.1` and `2130706433` plain addresses by then.
 *
 * @returns undefined when nothing speaks against it
 */
export function problemOfAddress(address: string, privateTargets: PrivateTargets): TargetProblem | undefined {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'not_an_address';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (privateTargets === 'allow' && isThisMachine(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'not_https';
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < LOWEST_OTHER_PORT) return 'port';
  return isPublicName(url.hostname) ? undefined : 'not_a_public_name';
}

function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || rangeOf(host) === 'loopback';
}

function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (name.startsWith('[') || ipaddr.isValid(name) || !name.includes('.')) return false;
  return !PRIVATE_ENDS.some((end) => name === end || name.endsWith(`.${end}`));
}
