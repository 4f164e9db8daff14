import { ActionIcon, Box, NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import classes from './frame.module.css';
import { useSession } from './session.tsx';

const loadAccount = () => import('./account.tsx').then(({ Account }) => ({ default: Account }));
const Account = lazy(loadAccount);

/** The choice of the shop, where the screen has room, and the account. */
export function Menus() {
  return (
    <div className={classes.menus}>
      <Box visibleFrom="sm">
        <ShopChoice />
      </Box>
      <AccountButton />
    </div>
  );
}

/** The menu's code is large: the button loads it when somebody is about to open the menu. */
function AccountButton() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const button = (
    <ActionIcon
      variant="default"
      size={38}
      loading={wanted}
      aria-label={t('frame.account')}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
      onPointerEnter={() => void loadAccount()}
    >
      <Icon name="person" />
    </ActionIcon>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <Account />
    </Suspense>
  ) : (
    button
  );
}

/** The choice of the shop, for people who work in several. */
export function ShopChoice() {
  const { me, shop } = useSession();
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (me.shops.length < 2) return null;
  return (
    <NativeSelect
      aria-label={t('frame.shop')}
      value={shop.id}
      onChange={(event) =>
        void navigate({ to: '/orders', search: { shop: event.currentTarget.value } })
      }
      data={me.shops.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
