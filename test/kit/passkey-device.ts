import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** What a device may do wrong, or otherwise. */
type Manner = {
  /** The page that the browser names; the device's own if absent. */
  readonly origin?: string;
  /** False: nobody has shown a PIN or a finger. */
  readonly verified?: boolean;
  /** The use that the device counts; the next one if absent. */
  readonly counter?: number;
};

type Options = { readonly challenge: string };

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** A device with one passkey, and the browser before it (WebAuthn 3): ES256, no attestation. */
export class PasskeyDevice {
  readonly #origin: string;
  readonly #id: Buffer;
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  #counter = 0;

  /** @param idLength the bytes of the passkey's id */
  constructor(publicUrl: string, idLength = 16) {
    this.#id = randomBytes(idLength);
    this.#origin = new URL(publicUrl).origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    this.#publicKey = publicKey;
  }

  /** Makes the passkey. */
  make(options: Options, manner: Manner = {}) {
    const length = Buffer.from([0, this.#id.length]);
    const key = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#coseKey()]);
    const data = Buffer.concat([this.#authenticatorData(HAS_KEY, manner), key]);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": data}
    const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex');
    const size = Buffer.from([data.length >> 8, data.length & 0xff]);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: base64url(this.#clientData('webauthn.create', options, manner)),
        attestationObject: base64url(Buffer.concat([head, size, data])),
      },
      transports: ['internal'],
    };
  }

  /** Proves the passkey. */
  prove(options: Options, manner: Manner = {}) {
    const clientData = this.#clientData('webauthn.get', options, manner);
    const data = this.#authenticatorData(0, manner);
    const signature = createSign('sha256').update(data).update(sha256(clientData)).sign(this.#key);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      },
    };
  }

  #credential() {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key' as const };
  }

  #clientData(type: string, { challenge }: Options, { origin = this.#origin }: Manner): string {
    return JSON.stringify({ type, challenge, origin, crossOrigin: false });
  }

  #authenticatorData(more: number, { verified = true, counter, origin }: Manner): Buffer {
    this.#counter = counter ?? this.#counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#counter);
    const flags = PRESENT | (verified ? VERIFIED : 0) | more;
    const party = sha256(new URL(origin ?? this.#origin).hostname);
    return Buffer.concat([party, Buffer.from([flags]), count]);
  }

  /** CBOR of the COSE key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    return Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }
}
