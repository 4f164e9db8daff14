import {
  type Deed,
  denialOf,
  type Me,
  PERMISSION_TO,
  type PlanBoxes,
  permissionsOfPlan,
} from '@renkei/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../locale/index.ts';

export type SessionShop = Me['shops'][number];

export type Session = {
  readonly me: Me;
  readonly shop: SessionShop;
  /**
   * Null if this person may do the deed, or start such a bulk run. Otherwise the reason, which
   * stands beside the button. The view of an order says what a person may do to that order.
   */
  readonly denied: (asked: Deed | PlanBoxes) => string | null;
};

const SessionContext = createContext<Session | null>(null);

/** Tells the screens who is signed in, and in which shop. */
export function SessionProvider(props: {
  readonly me: Me;
  readonly shop: SessionShop;
  readonly children: ReactNode;
}) {
  const { me, shop } = props;
  useTranslation(); // so that another language makes another session
  const locale = currentLocale();
  const session = useMemo(
    (): Session => ({
      me,
      shop,
      denied(asked) {
        const wanted =
          typeof asked === 'string' ? [PERMISSION_TO[asked]] : permissionsOfPlan(asked);
        return denialOf(shop.role, wanted, locale)?.reason ?? null;
      },
    }),
    [me, shop, locale],
  );
  return <SessionContext value={session}>{props.children}</SessionContext>;
}

/** Throws outside of the frame: only signed-in screens have a session. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session here');
  return session;
}

const STORED = 'renkei.shop';

/**
 * The shop that the URL names, otherwise the last one, otherwise the first. Null: there is none.
 */
export function chooseShop(me: Me, wanted: string | undefined): SessionShop | null {
  const find = (id: string | null | undefined) => me.shops.find((shop) => shop.id === id);
  return find(wanted) ?? find(localStorage.getItem(STORED)) ?? me.shops[0] ?? null;
}

/** True if the shop demands a second factor, which this person lacks: nothing of it opens. */
export function isShutOut({ user }: Me, shop: SessionShop): boolean {
  return shop.requireTwoFactor && !user.hasSecondFactor;
}

export function rememberShop(id: string): void {
  localStorage.setItem(STORED, id);
}
