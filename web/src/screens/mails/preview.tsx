import { Button, Checkbox, TextInput } from '@mantine/core';
import type { MailPreview, MailPreviewRequest, MailTemplateView, MailTest } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { type CommandPress, useCommand } from '../../api/command.ts';
import { previewMail } from '../../api/mails.ts';
import { ordersQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { normalized } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { MailText } from './mail-text.tsx';

/** The typed template on a real order. */
export function Preview(props: {
  readonly kind: MailTemplateView['kind'];
  readonly words: Omit<MailPreviewRequest, 'orderNumber' | 'asMember'>;
}) {
  const { kind, words } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [asMember, setAsMember] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<MailPreview | null>(null);
  const [testedTo, setTestedTo] = useState<string | null>(null);
  const newest = useQuery(ordersQuery(shop.id, { tab: 'all', limit: 1 })).data?.items[0];
  const text = typed ?? newest?.orderNumber ?? '';
  const orderNumber = normalized(text);
  const right = /^\d{12}$/.test(orderNumber);
  const wanted = { ...words, orderNumber, ...(asMember && { asMember }) };
  const look = useCommand<MailPreview>({
    send: () => previewMail(shop.id, kind, wanted),
    onDone: setShown,
    reread: () => Promise.resolve(),
  });
  const test = useCommand<MailTest>({
    send: (key) =>
      ask('POST', `/v1/mail-templates/${kind}/test`, { shop: shop.id, key, body: wanted }),
    onDone: ({ to }) => setTestedTo(to),
    reread: () => Promise.resolve(),
  });
  function press(command: CommandPress): void {
    setAsked(true);
    setTestedTo(null);
    if (right) void command.press();
  }
  return (
    <Section title={t('mails.previewTitle')}>
      <div className="stack">
        <p className="quiet">{t('mails.previewHint')}</p>
        <OrderFields
          text={text}
          isWrong={asked && !right}
          asMember={asMember}
          onType={setTyped}
          onMember={setAsMember}
        />
        <Buttons look={look} test={test} onPress={press} />
        <ProgressNotice progress={look.progress} onResend={() => void look.press()} />
        <ProgressNotice progress={test.progress} onResend={() => void test.press()} />
        {testedTo !== null && (
          <Notice tone="good" role="status" title={t('mails.tested', { to: testedTo })} />
        )}
        {shown && (
          <>
            <WillSend preview={shown} />
            <MailText mail={shown} />
          </>
        )}
      </div>
    </Section>
  );
}

/** The order that the mail would be about, and whether its customer counts as a member. */
function OrderFields(props: {
  readonly text: string;
  readonly isWrong: boolean;
  readonly asMember: boolean;
  readonly onType: (text: string) => void;
  readonly onMember: (asMember: boolean) => void;
}) {
  const { text, isWrong, asMember, onType, onMember } = props;
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('mails.previewOrder')}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        maw={320}
        error={isWrong ? t('mails.orderWrong') : null}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <Checkbox
        label={t('mails.asMember')}
        checked={asMember}
        onChange={(event) => onMember(event.currentTarget.checked)}
      />
    </>
  );
}

/** Looks at the mail here, or sends it to whoever presses. */
function Buttons(props: {
  readonly look: CommandPress;
  readonly test: CommandPress;
  readonly onPress: (command: CommandPress) => void;
}) {
  const { look, test, onPress } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  return (
    <div className="wrap">
      <Button
        variant="default"
        loading={look.progress.kind === 'sending'}
        onClick={() => onPress(look)}
      >
        {t('mails.previewButton')}
      </Button>
      <GuardedButton
        variant="default"
        denied={denied('change_settings')}
        loading={test.progress.kind === 'sending'}
        onClick={() => onPress(test)}
      >
        {t('mails.test')}
      </GuardedButton>
    </div>
  );
}

/** Says whether the mail would go out for this order, and if not, why. */
export function WillSend({ preview }: { readonly preview: MailPreview }) {
  const { t } = useTranslation();
  const { willSend, reason } = preview;
  return (
    <Notice
      tone={willSend ? 'going' : 'warn'}
      role="status"
      title={t(willSend ? 'mails.willSend' : 'mails.willNotSend')}
    >
      {reason !== null && <p>{reason}</p>}
    </Notice>
  );
}
