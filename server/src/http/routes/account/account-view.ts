import { listSessions, readSessionEnds } from '../../../access/sessions.ts';
import { listPasskeys } from '../../../store/people/passkeys.ts';
import type { Call } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** Answers with the person's account as it is now. */
export async function viewAccount({ backoffice, user, memberships }: Call, name: string) {
  const { id, email, hasSecondFactor, hasApp, sessionId } = user;
  const sessions = await listSessions(backoffice.db, id);
  const passkeys = await listPasskeys(backoffice.db, id);
  const recoveryCodes = hasApp ? await backoffice.auth.countRecoveryCodes(id) : null;
  const demanding = memberships.filter(({ requireTwoFactor }) => requireTwoFactor);
  const body = {
    name,
    email,
    hasSecondFactor,
    hasApp,
    passkeys: passkeys.map(({ createdAt, usedAt, ...passkey }) => ({
      ...passkey,
      createdAt: instant(createdAt),
      usedAt: usedAt === null ? null : instant(usedAt),
    })),
    recoveryCodes,
    sessionEnds: await readSessionEnds(backoffice.db, id),
    demandedBy: demanding.map(({ shopName }) => shopName),
    sessions: sessions.map(({ begunAt, usedAt, endsAt, ...session }) => ({
      ...session,
      isThis: session.id === sessionId,
      begunAt: instant(begunAt),
      usedAt: instant(usedAt),
      endsAt: instant(endsAt),
    })),
  };
  return { status: 200, body };
}
