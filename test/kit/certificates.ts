import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { openDirectory } from './directories.ts';
import { owned } from './scope.ts';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A key and its certificate, in PEM. */
export type Certificate = { readonly key: string; readonly cert: string };

/** Certificates of a server that calls itself `localhost`, made anew by openssl. */
export type Certificates = {
  readonly good: Certificate;
  /** Signed by a CA that this process trusts: */
  readonly expired: Certificate;
  readonly otherName: Certificate;
  /** Signed by a CA that nobody trusts. */
  readonly unknownCa: Certificate;
};

/** Makes the certificates, and lets this process trust their CA until the test ends. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = await openDirectory('certificates');
  const file = (name: string) => join(directory, name);
  for (const ca of ['trusted', 'strange']) {
    await run('openssl', [
      ...['req', '-x509', ...NEW_KEY, '-days', '2', '-subj', `/CN=${ca}`],
      ...['-keyout', file(`${ca}.key`), '-out', file(`${ca}.pem`)],
    ]);
  }
  async function sign(ca: string, name: string, days: number): Promise<Certificate> {
    const [key, csr, pem, ext] = ['key', 'csr', 'pem', 'ext'].map((end) => file(`leaf.${end}`));
    if (!key || !csr || !pem || !ext) throw new Error('a file has a name');
    await writeFile(ext, `subjectAltName=DNS:${name}\n`);
    const asked = ['req', '-new', ...NEW_KEY, '-subj', `/CN=${name}`];
    await run('openssl', [...asked, '-keyout', key, '-out', csr]);
    await run('openssl', [
      ...['x509', '-req', '-in', csr, '-days', String(days), '-extfile', ext, '-out', pem],
      ...['-CA', file(`${ca}.pem`), '-CAkey', file(`${ca}.key`)],
    ]);
    return { key: await readFile(key, 'utf8'), cert: await readFile(pem, 'utf8') };
  }
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, await readFile(file('trusted.pem'), 'utf8')]);
  owned(async () => setDefaultCACertificates(before));
  return {
    good: await sign('trusted', 'localhost', 2),
    expired: await sign('trusted', 'localhost', -1),
    otherName: await sign('trusted', 'other.example', 2),
    unknownCa: await sign('strange', 'localhost', 2),
  };
}
