import type { PasskeyProof, PasskeyRegistration } from '@renkei/contract/shop/passkeys.ts';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { NewPasskey, StoredPasskey } from '../store/people/passkeys.ts';

/**
 * Passkeys (WebAuthn). The device verifies its user by PIN or finger, so a passkey is two factors in
 * one. No attestation is asked for: Renkei does not choose people's devices.
 */
export type PasskeyOwner = { readonly id: string; readonly name: string; readonly email: string };

/** Returns the browser's options for a new passkey; `known` are the ids that the person has. */
export function offerPasskey(
  publicUrl: string,
  { id, name, email }: PasskeyOwner,
  known: readonly string[],
) {
  return generateRegistrationOptions({
    rpName: 'Renkei',
    rpID: new URL(publicUrl).hostname,
    userID: new Uint8Array(Buffer.from(id)),
    userName: email,
    userDisplayName: name,
    excludeCredentials: known.map((passkey) => ({ id: passkey })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Returns the browser's options for a sign-in; the person chooses one of their passkeys. */
export function askForPasskey(publicUrl: string) {
  return generateAuthenticationOptions({
    rpID: new URL(publicUrl).hostname,
    userVerification: 'required',
  });
}

/** Checks a new passkey against its challenge; null if it is not one. */
export async function readRegistration(
  publicUrl: string,
  challenge: string,
  { transports, ...registration }: PasskeyRegistration,
): Promise<Omit<NewPasskey, 'name' | 'userId'> | null> {
  const checked = await verifyRegistrationResponse({
    response: { ...registration, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: new URL(publicUrl).origin,
    expectedRPID: new URL(publicUrl).hostname,
    requireUserVerification: true,
  }).catch(() => null); // the library throws at whatever is not as it must be
  if (!checked?.verified) return null;
  const { id, publicKey, counter } = checked.registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [] };
}

/** Checks a proof by a passkey against its challenge; resolves to its next counter, or null. */
export async function readProof(
  publicUrl: string,
  challenge: string,
  { id, userId, publicKey, counter }: StoredPasskey,
  proof: PasskeyProof,
): Promise<number | null> {
  const { userHandle, ...response } = proof.response;
  if (userHandle !== undefined && userHandle !== Buffer.from(userId).toString('base64url')) {
    return null;
  }
  const checked = await verifyAuthenticationResponse({
    response: { ...proof, response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: new URL(publicUrl).origin,
    expectedRPID: new URL(publicUrl).hostname,
    credential: { id, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: true,
  }).catch(() => null);
  return checked?.verified ? checked.authenticationInfo.newCounter : null;
}
