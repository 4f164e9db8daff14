import { AppShell, Box, Burger, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../api/queries.ts';
import { Empty } from '../ui/notice/empty.tsx';
import { Bands } from './bands.tsx';
import classes from './frame.module.css';
import { GlobalKeys } from './global-keys.tsx';
import { Menus, ShopChoice } from './menus.tsx';
import { Navigation } from './navigation.tsx';
import { SearchBox } from './search-box.tsx';
import { isShutOut, SessionProvider, useSession } from './session.tsx';
import { useSignOut } from './sign-out.ts';

const inside = getRouteApi('/inside');
const HOLD_MS = 30_000;

/**
 * The frame of every screen: search, shop, menu, and the band of a test environment. A person
 * without a shop has the account screen only.
 */
export function Frame() {
  const { me: known, shop: chosen } = inside.useRouteContext();
  const { t } = useTranslation();
  const signOut = useSignOut();
  // Read again now and then: `me` says whether Renkei may call F-REGI.
  const { data: me = known } = useQuery({ ...meQuery, refetchInterval: HOLD_MS });
  const shop = me.shops.find(({ id }) => id === chosen?.id) ?? chosen;
  if (shop === null) {
    return (
      <main className={classes.page}>
        <Empty icon="person" title={t('frame.noShop')}>
          <p>{t('frame.noShopHint')}</p>
          <Button variant="default" onClick={() => void signOut()}>
            {t('frame.signOut')}
          </Button>
        </Empty>
        <Outlet />
      </main>
    );
  }
  return (
    <SessionProvider me={me} shop={shop}>
      <Shell />
    </SessionProvider>
  );
}

/**
 * The account screen stands alone for a person whose shop demands a second factor first. It keeps
 * its place in the tree when the rest appears: it may be showing recovery codes.
 */
function Shell() {
  const { t } = useTranslation();
  const { me, shop } = useSession();
  const [opened, { toggle, close }] = useDisclosure();
  const main = useRef<HTMLElement>(null);
  useFreshPage(main, close);
  const isAlone = isShutOut(me, shop);
  return (
    <AppShell
      header={{ height: 56, collapsed: isAlone }}
      navbar={{
        width: 176,
        breakpoint: 'sm',
        collapsed: { mobile: isAlone || !opened, desktop: isAlone },
      }}
      padding={0}
    >
      <a className={classes.skip} href="#main">
        {t('common.skip')}
      </a>
      {!isAlone && <Header opened={opened} onToggle={toggle} />}
      {!isAlone && (
        <AppShell.Navbar className={classes.navbar ?? ''} aria-label={t('frame.navigation')}>
          <Box hiddenFrom="sm" mb="xs">
            <ShopChoice />
          </Box>
          <Navigation />
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main ?? ''}>
        <div className="screen-only">
          <Bands />
        </div>
        <div className={classes.page}>
          <Outlet />
        </div>
      </AppShell.Main>
      {!isAlone && <GlobalKeys />}
    </AppShell>
  );
}

function Header(props: { readonly opened: boolean; readonly onToggle: () => void }) {
  const { t } = useTranslation();
  return (
    <AppShell.Header className={classes.header ?? ''}>
      <Burger
        opened={props.opened}
        onClick={props.onToggle}
        hiddenFrom="sm"
        size="sm"
        aria-label={t('frame.menu')}
        aria-expanded={props.opened}
      />
      <span className={classes.product}>
        <img src="/favicon.svg" alt="" width={26} height={26} />
        {t('frame.product')}
      </span>
      <SearchBox />
      <Menus />
    </AppShell.Header>
  );
}

/**
 * Puts the focus on the heading of a new page, for eyes and screen readers, and closes the menu.
 */
function useFreshPage(main: React.RefObject<HTMLElement | null>, close: () => void): void {
  const path = useRouterState({
    select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname,
  });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path || main.current === null) return;
    before.current = path;
    close();
    return focusHeading(main.current);
  }, [path, close, main]);
}

/** Focuses the heading when it appears, unless the person has moved the focus meanwhile. */
function focusHeading(main: HTMLElement): () => void {
  main.focus({ preventScroll: true });
  function focus(): boolean {
    const { activeElement } = document;
    if (activeElement !== main && activeElement !== document.body) return true;
    const heading = main.querySelector('h1');
    heading?.focus({ preventScroll: true });
    return heading !== null;
  }
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect();
  });
  if (!focus()) observer.observe(main, { childList: true, subtree: true });
  return () => observer.disconnect();
}
