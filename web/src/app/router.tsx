import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { isNotSignedIn } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { withWords } from '../locale/index.ts';
import { parseActivitySearch } from '../screens/activity/search.ts';
import { parseAttentionSearch } from '../screens/attention/search.ts';
import { parseDeadlinesSearch } from '../screens/deadlines/search.ts';
import { parseOrdersSearch } from '../screens/orders/search.ts';
import { parsePreordersSearch } from '../screens/pre-orders/search.ts';
import { parseReconciliationSearch } from '../screens/reconciliation/search.ts';
import { parseRunsSearch } from '../screens/runs/search.ts';
import { parseSettingsSearch } from '../screens/settings/search.ts';
import { parseSubscriptionsSearch } from '../screens/subscriptions/search.ts';
import { Broken, NotFound, Pending } from './fallbacks.tsx';
import { chooseShop, isShutOut, rememberShop } from './session.tsx';
import { urlText } from './url-text.ts';

type Context = { readonly queries: QueryClient };

type ShopSearch = { shop?: string | undefined };

const root = createRootRouteWithContext<Context>()({
  validateSearch: (search): ShopSearch => ({ shop: urlText(search, 'shop') }),
  search: { middlewares: [retainSearchParams<ShopSearch>(['shop'])] },
  component: Outlet,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { from?: string | undefined; refused?: string | undefined } => ({
    from: urlText(search, 'from'),
    refused: urlText(search, 'refused'),
  }),
  component: lazyRouteComponent(
    () => import('../screens/sign-in/sign-in-screen.tsx'),
    'SignInScreen',
  ),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(
    withWords(() => import('../screens/sign-in/invitation-screen.tsx')),
    'InvitationScreen',
  ),
});

const passwordReset = createRoute({
  getParentRoute: () => root,
  path: '/password-reset',
  component: lazyRouteComponent(
    withWords(() => import('../screens/sign-in/password-reset-screen.tsx')),
    'PasswordResetScreen',
  ),
});

/** Everything behind the sign-in. The URL always names the shop, so that a link has one meaning. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  async beforeLoad({ context, location, search }) {
    const me = await context.queries.ensureQueryData(meQuery).catch((error: unknown) => {
      if (!isNotSignedIn(error)) throw error;
      throw redirect({ to: '/sign-in', search: { from: location.href } });
    });
    const shop = chooseShop(me, search.shop);
    if (shop === null) {
      if (location.pathname !== '/account') throw redirect({ to: '/account' });
      return { me, shop };
    }
    rememberShop(shop.id);
    if (shop.id !== search.shop) {
      const { hash } = location; // a link to a block or a remedy of an order
      throw redirect({
        to: '.',
        search: (now) => ({ ...now, shop: shop.id }),
        hash,
        replace: true,
      });
    }
    if (isShutOut(me, shop) && location.pathname !== '/account') throw redirect({ to: '/account' });
    return { me, shop };
  },
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(
    withWords(() => import('../screens/home/home-screen.tsx')),
    'HomeScreen',
  ),
});

const orders = createRoute({
  getParentRoute: () => inside,
  path: '/orders',
  validateSearch: parseOrdersSearch,
  beforeLoad({ search, location: { hash } }) {
    // 定期・頒布会申込 lists applications, which are no orders.
    if (search.tab === 'subscription') {
      throw redirect({ to: '/subscriptions', search: { q: search.q }, hash, replace: true });
    }
  },
  component: lazyRouteComponent(
    () => import('../screens/orders/orders-screen.tsx'),
    'OrdersScreen',
  ),
});

const order = createRoute({
  getParentRoute: () => inside,
  path: '/orders/$orderNumber',
  component: lazyRouteComponent(
    withWords(() => import('../screens/order/order-screen.tsx')),
    'OrderScreen',
  ),
});

const preorders = createRoute({
  getParentRoute: () => inside,
  path: '/pre-orders',
  validateSearch: parsePreordersSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/pre-orders/pre-orders-screen.tsx')),
    'PreordersScreen',
  ),
});

const subscriptions = createRoute({
  getParentRoute: () => inside,
  path: '/subscriptions',
  validateSearch: parseSubscriptionsSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/subscriptions/subscriptions-screen.tsx')),
    'SubscriptionsScreen',
  ),
});

const subscription = createRoute({
  getParentRoute: () => inside,
  path: '/subscriptions/$code',
  component: lazyRouteComponent(
    withWords(() => import('../screens/subscriptions/subscription-screen.tsx')),
    'SubscriptionScreen',
  ),
});

const attention = createRoute({
  getParentRoute: () => inside,
  path: '/attention',
  validateSearch: parseAttentionSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/attention/attention-screen.tsx')),
    'AttentionScreen',
  ),
});

const deadlines = createRoute({
  getParentRoute: () => inside,
  path: '/deadlines',
  validateSearch: parseDeadlinesSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/deadlines/deadlines-screen.tsx')),
    'DeadlinesScreen',
  ),
});

const reconciliation = createRoute({
  getParentRoute: () => inside,
  path: '/reconciliation',
  validateSearch: parseReconciliationSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/reconciliation/reconciliation-screen.tsx')),
    'ReconciliationScreen',
  ),
});

const activity = createRoute({
  getParentRoute: () => inside,
  path: '/activity',
  validateSearch: parseActivitySearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/activity/activity-screen.tsx')),
    'ActivityScreen',
  ),
});

const mails = createRoute({
  getParentRoute: () => inside,
  path: '/mails',
  validateSearch: (search): { kind?: string | undefined } => ({ kind: urlText(search, 'kind') }),
  component: lazyRouteComponent(
    withWords(() => import('../screens/mails/mails-screen.tsx')),
    'MailsScreen',
  ),
});

const shippingImport = createRoute({
  getParentRoute: () => inside,
  path: '/imports/shipping',
  component: lazyRouteComponent(
    withWords(() => import('../screens/shipping/shipping-import-screen.tsx')),
    'ShippingImportScreen',
  ),
});

const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  validateSearch: parseRunsSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/runs/runs-screen.tsx')),
    'RunsScreen',
  ),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$id',
  component: lazyRouteComponent(
    withWords(() => import('../screens/runs/run-screen.tsx')),
    'RunScreen',
  ),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(
    withWords(() => import('../screens/settings/settings-screen.tsx')),
    'SettingsScreen',
  ),
});

const safeMode = createRoute({
  getParentRoute: () => inside,
  path: '/safe-mode',
  component: lazyRouteComponent(
    withWords(() => import('../screens/safe-mode/safe-mode-screen.tsx')),
    'SafeModeScreen',
  ),
});

const imports = createRoute({
  getParentRoute: () => inside,
  path: '/imports',
  component: lazyRouteComponent(
    withWords(() => import('../screens/imports/imports-screen.tsx')),
    'ImportsScreen',
  ),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(
    withWords(() => import('../screens/account/account-screen.tsx')),
    'AccountScreen',
  ),
});

const routes = root.addChildren([
  signIn,
  invitation,
  passwordReset,
  inside.addChildren([
    home,
    orders,
    order,
    preorders,
    subscriptions,
    subscription,
    attention,
    deadlines,
    reconciliation,
    activity,
    mails,
    runs,
    run,
    settings,
    safeMode,
    imports,
    shippingImport,
    account,
  ]),
]);

/** The routes of the screens. Search values are plain text: 受注コード and 取引番号 are no numbers. */
export function createScreens(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: formatSearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    defaultPendingComponent: Pending,
  });
}

function formatSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null) params.set(name, String(value));
  }
  const formatted = params.toString();
  return formatted === '' ? '' : `?${formatted}`;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createScreens>;
  }
  interface HistoryState {
    /** The cursors of the pages before this one, for the way back to them. */
    trail?: readonly (string | null)[];
  }
}
