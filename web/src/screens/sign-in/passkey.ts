import type { PasskeyOptions, PasskeyProof, PasskeyRegistration } from '@renkei/contract';

/** The person has not answered the device, or it has no such passkey, or has it already. */
export class PasskeyUnanswered extends Error {
  constructor(cause: unknown) {
    super('the device gave no passkey', { cause });
    this.name = 'PasskeyUnanswered';
  }
}

/** True if this browser has passkeys for this page: a page at a bare IP address has none. */
export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
    !/^[\d.]+$|:/.test(location.hostname)
  );
}

/** Lets the device make a passkey. Throws {@link PasskeyUnanswered}. */
export async function makePasskey(options: PasskeyOptions): Promise<PasskeyRegistration> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = await answered(navigator.credentials.create({ publicKey }));
  const { id, rawId, response } = made.toJSON() as RegistrationResponseJSON;
  const { clientDataJSON, attestationObject, transports } = response;
  const passkey = { id, rawId, type: 'public-key' } as const;
  return { ...passkey, response: { clientDataJSON, attestationObject }, transports };
}

/** Lets the device prove one of its passkeys. Throws {@link PasskeyUnanswered}. */
export async function provePasskey(options: PasskeyOptions): Promise<PasskeyProof> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const proved = await answered(navigator.credentials.get({ publicKey }));
  const { id, rawId, response } = proved.toJSON() as AuthenticationResponseJSON;
  return { id, rawId, type: 'public-key', response };
}

async function answered(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const given = await asked.catch((error: unknown) => {
    throw new PasskeyUnanswered(error);
  });
  if (given instanceof PublicKeyCredential) return given;
  throw new PasskeyUnanswered(null);
}
