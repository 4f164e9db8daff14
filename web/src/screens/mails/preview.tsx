import { Button, TextInput } from '@mantine/core';
import type { MailPreview, MailTemplateView } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/command.ts';
import { previewMail } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';
import { normalized } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import { MailText } from './mail-text.tsx';

/** What is typed above, on a real order. */
export function Preview(props: {
  readonly kind: MailTemplateView['kind'];
  readonly words: { readonly subject: string; readonly body: string };
}) {
  const { kind, words } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<MailPreview | null>(null);
  const orderNumber = normalized(typed);
  const right = /^\d{12}$/.test(orderNumber);
  const look = useCommand<MailPreview>({
    send: () => previewMail(shop.id, kind, { ...words, orderNumber }),
    onDone: setShown,
    reread: () => Promise.resolve(),
  });
  return (
    <Section title={t('mails.previewTitle')}>
      <div className="stack">
        <p className="quiet">{t('mails.previewHint')}</p>
        <TextInput
          label={t('mails.previewOrder')}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          maw={320}
          error={asked && !right ? t('mails.orderWrong') : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div>
          <Button
            variant="default"
            loading={look.progress.kind === 'sending'}
            onClick={() => {
              setAsked(true);
              if (right) void look.press();
            }}
          >
            {t('mails.previewButton')}
          </Button>
        </div>
        <ProgressNotice progress={look.progress} onResend={() => void look.press()} />
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

/** Whether it would go out for this order, and if not, why. */
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
