import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';
import { UsageError } from './usage.ts';

/**
 * The encryption of a backup to a recipient's public key (X25519), so that the machine that makes
 * backups cannot read them. An ephemeral key agrees with the recipient's on a secret; HKDF-SHA256
 * makes a key for each file of it; AES-256-GCM encrypts in chunks, as `age` does: each chunk has its
 * number and whether it is the last, so no chunk can be changed, moved, left out, or cut off.
 */
export const lockSchema = z.strictObject({
  /** The ephemeral public key, as SPKI in base64. */
  ephemeral: z.string(),
  /** Base64. */
  salt: z.string(),
  /** SHA-256 of the recipient's public key, in hex: it tells a wrong key at once. */
  recipient: z.string(),
});
export type Lock = z.infer<typeof lockSchema>;

/** Returns the key of a file of the backup. */
export type KeyOf = (file: string) => Buffer;

const CHUNK = 64 * 1024;
const TAG = 16;

/** Makes the lock of a new backup. Throws a UsageError if the PEM has no public X25519 key. */
export function lockTo(recipientPem: string): { readonly lock: Lock; readonly keyOf: KeyOf } {
  const recipient = keyIn(recipientPem, createPublicKey);
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const salt = randomBytes(32);
  const secret = diffieHellman({ privateKey, publicKey: recipient });
  const lock = {
    ephemeral: spkiOf(publicKey).toString('base64'),
    salt: salt.toString('base64'),
    recipient: fingerprintOf(recipient),
  };
  return { lock, keyOf: keyFrom(secret, salt) };
}

/** Opens a backup's lock. Throws a UsageError if it was made for another key. */
export function openLock({ ephemeral, salt, recipient }: Lock, privatePem: string): KeyOf {
  const privateKey = keyIn(privatePem, createPrivateKey);
  if (fingerprintOf(createPublicKey(privateKey)) !== recipient) {
    throw new UsageError('The backup is encrypted to another key; nothing was restored');
  }
  const publicKey = createPublicKey({
    key: Buffer.from(ephemeral, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return keyFrom(diffieHellman({ privateKey, publicKey }), Buffer.from(salt, 'base64'));
}

function keyFrom(secret: Buffer, salt: Buffer): KeyOf {
  return (file) => Buffer.from(hkdfSync('sha256', secret, salt, `renkei backup: ${file}`, 32));
}

function keyIn(pem: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === 'x25519') return key;
  } catch {
    // Told below: the cause would quote the file.
  }
  throw new UsageError('The file has no X25519 key in PEM; docs/runbook.md says how to make one');
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256').update(spkiOf(key)).digest('hex');
}

/** Encrypts a stream of bytes; the caller writes what it returns. */
export class Encryption {
  readonly #key: Buffer;
  #waiting: Buffer = Buffer.alloc(0);
  #chunks = 0;

  constructor(key: Buffer) {
    this.#key = key;
  }

  update(bytes: Buffer): Buffer {
    const all = Buffer.concat([this.#waiting, bytes]);
    const made: Buffer[] = [];
    let from = 0;
    // The last chunk is kept back: only the end tells that it is the last.
    for (; all.length - from > CHUNK; from += CHUNK) {
      made.push(this.#encrypt(all.subarray(from, from + CHUNK), false));
    }
    this.#waiting = all.subarray(from);
    return Buffer.concat(made);
  }

  final(): Buffer {
    return this.#encrypt(this.#waiting, true);
  }

  #encrypt(chunk: Buffer, isLast: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#chunks, isLast));
    this.#chunks += 1;
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Yields the bytes of an encrypted stream. Throws if a chunk is not as it was written. */
export async function* decrypted(
  bytes: AsyncIterable<Buffer>,
  key: Buffer,
): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  let n = 0;
  for await (const some of bytes) {
    waiting = Buffer.concat([waiting, some]);
    while (waiting.length > CHUNK + TAG) {
      yield decryptChunk(waiting.subarray(0, CHUNK + TAG), key, nonceOf(n, false));
      waiting = waiting.subarray(CHUNK + TAG);
      n += 1;
    }
  }
  yield decryptChunk(waiting, key, nonceOf(n, true));
}

function decryptChunk(chunk: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  try {
    decipher.setAuthTag(chunk.subarray(-TAG));
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw new UsageError('The backup is not as it was encrypted; nothing was restored');
  }
}

function nonceOf(n: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(n, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}
