import { createHmac } from 'node:crypto';
import { symmetricDecrypt } from 'better-auth/crypto';
import { type AuthPool, query } from './auth-store.ts';

/** RFC 6238, as authenticator apps have it: SHA-1, six digits, steps of 30 seconds. */
const STEP_MS = 30_000;
/** Steps before and after the present one whose codes better-auth accepts. */
const WINDOW = 1;

type SecretKey = Parameters<typeof symmetricDecrypt>[0]['key'];

/**
 * Takes a code for a person, so that no code is good twice (ASVS 6.5.1). `used`: its step, or a
 * later one, was accepted before. `wrong`: it is the code of no present step.
 */
export async function takeCode(
  pool: AuthPool,
  key: SecretKey,
  { userId, code, at }: { readonly userId: string; readonly code: string; readonly at: number },
): Promise<'taken' | 'used' | 'wrong'> {
  const { rows } = await query<{ secret: string }>(
    pool,
    'select "secret" from "twoFactor" where "userId" = $1',
    [userId],
  );
  const [found] = rows;
  if (found === undefined) return 'wrong';
  const secret = await symmetricDecrypt({ key, data: found.secret });
  const step = stepOf(secret, code, Math.floor(at / STEP_MS));
  if (step === null) return 'wrong';
  const { rowCount } = await query(
    pool,
    `update "twoFactor" set "lastStep" = $2
      where "userId" = $1 and coalesce("lastStep", -1) < $2`,
    [userId, step],
  );
  return rowCount === 1 ? 'taken' : 'used';
}

function stepOf(secret: string, code: string, now: number): number | null {
  for (let step = now - WINDOW; step <= now + WINDOW; step += 1) {
    if (codeOf(secret, step) === code) return step;
  }
  return null;
}

/** The code of a step (RFC 4226, 5.3). */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}
