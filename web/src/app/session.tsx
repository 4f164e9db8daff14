import type { Me, Permission } from '@renkei/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export type Shop = Me['shops'][number];

export type Session = {
  readonly me: Me;
  readonly shop: Shop;
  /** Null if this person may; else why not, to be shown beside the button. */
  readonly denied: (permission: Permission) => string | null;
};

const SessionContext = createContext<Session | null>(null);

/** Gives the screens who is signed in, and in which shop they work. */
export function SessionProvider(props: {
  readonly me: Me;
  readonly shop: Shop;
  readonly children: ReactNode;
}) {
  const { me, shop } = props;
  const { t } = useTranslation();
  const session = useMemo(
    (): Session => ({
      me,
      shop,
      denied: (permission) =>
        shop.permissions.includes(permission)
          ? null
          : t('common.notAllowed', { role: t(`words.role.${shop.role}`) }),
    }),
    [me, shop, t],
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

/** The shop that the URL names, else the one worked in last, else the first. Null: there is none. */
export function chooseShop(me: Me, wanted: string | undefined): Shop | null {
  const find = (id: string | null | undefined) => me.shops.find((shop) => shop.id === id);
  return find(wanted) ?? find(localStorage.getItem(STORED)) ?? me.shops[0] ?? null;
}

export function rememberShop(id: string): void {
  localStorage.setItem(STORED, id);
}
