import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeLocale, currentLocale, LOCALE_NAMES, LOCALES } from '../locale/index.ts';
import { Icon } from '../ui/icons.tsx';
import { openKeyHelp } from './global-keys.tsx';
import { useSession } from './session.tsx';
import { useSignOut } from './sign-out.ts';

/** The account menu, opened at once: name, language, colours, sign-out. */
export function Account() {
  const { me, shop } = useSession();
  const { t } = useTranslation();
  const router = useRouter();
  const signOut = useSignOut();

  return (
    <Menu defaultOpened position="bottom-end" width={264} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={38} aria-label={t('frame.account')}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.user.name}
          {t('common.aside', { text: t(`words.role.${shop.role}`) })}
          <br />
          {me.user.email}
        </Menu.Label>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item onClick={() => void router.navigate({ to: '/account' })} closeMenuOnClick>
          {t('frame.accountScreen')}
        </Menu.Item>
        <Menu.Item onClick={openKeyHelp} closeMenuOnClick rightSection="?">
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t('frame.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Each language in its own words, so that its readers find it. */
function LanguageItems() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <>
      <Menu.Label>{t('frame.language')}</Menu.Label>
      {LOCALES.map((locale) => (
        <Menu.Item
          key={locale}
          lang={locale}
          leftSection={<Chosen is={currentLocale() === locale} />}
          onClick={() => {
            // The server’s sentences come in the language of the request: read them again.
            void changeLocale(locale).then(() => queries.invalidateQueries());
          }}
        >
          {LOCALE_NAMES[locale]}
        </Menu.Item>
      ))}
    </>
  );
}

const SCHEMES = [
  ['auto', 'frame.themeAuto'],
  ['light', 'frame.themeLight'],
  ['dark', 'frame.themeDark'],
] as const;

function SchemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('frame.theme')}</Menu.Label>
      {SCHEMES.map(([scheme, name]) => (
        <Menu.Item
          key={scheme}
          leftSection={<Chosen is={colorScheme === scheme} />}
          onClick={() => setColorScheme(scheme)}
        >
          {t(name)}
        </Menu.Item>
      ))}
    </>
  );
}

function Chosen({ is }: { readonly is: boolean }) {
  return <Icon name={is ? 'check' : 'dot'} size={14} />;
}
