import { isIPv4 } from 'node:net';

/** True for a host of this machine: loopback by name or address, or a directory of sockets. */
export function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  const isLoopback = isIPv4(name)
    ? name.startsWith('127.')
    : name === '::1' || name === 'localhost';
  return isLoopback || name === '' || /^(\/|%2f)/.test(name);
}
