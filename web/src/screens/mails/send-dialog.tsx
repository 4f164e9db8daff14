import { Textarea, TextInput } from '@mantine/core';
import type { MailPreview, OrderMails, OrderView } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { previewMail } from '../../api/mails.ts';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Facts } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { WillSend } from './preview.tsx';

/** What somebody has touched; the rest is as the template has it. */
type TypedMail = { readonly subject?: string; readonly body?: string };
type SentKind = OrderMails['counters'][number]['kind'];

/**
 * A mail by hand: the person reads it, may change it for this one order, and sends it at a press.
 */
export function SendDialog(props: {
  readonly order: OrderView;
  readonly kind: SentKind;
  readonly label: string;
  readonly onClose: () => void;
  readonly onSent: () => void;
}) {
  const { order, kind, label, onClose, onSent } = props;
  const { orderNumber } = order;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [typed, setTyped] = useState<TypedMail>({});
  const preview = useQuery({
    queryKey: ['mail-preview', shop.id, orderNumber, kind, order.version],
    queryFn: () => previewMail(shop.id, kind, { orderNumber }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data } = preview;
  const send = useSend(order, { kind, ...typed }, onSent);
  return (
    <Dialog
      title={t('mails.block.sendKind', { label })}
      size="lg"
      onClose={onClose}
      onConfirm={() => void send.press()}
      confirm={t('mails.block.confirm')}
      busy={send.progress.kind === 'sending'}
      blocked={data === undefined || !data.willSend}
    >
      {preview.isPending && <Loading rows={4} />}
      {preview.error && (
        <ReadFailure
          error={preview.error}
          title={t('mails.failed')}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data && (
        <Words
          preview={data}
          typed={typed}
          onType={(changed) => setTyped((now) => ({ ...now, ...changed }))}
        />
      )}
      <ProgressNotice progress={send.progress} onResend={() => void send.press()} />
    </Dialog>
  );
}

/** To whom the mail goes, and its words, to be changed. */
function Words(props: {
  readonly preview: MailPreview;
  readonly typed: TypedMail;
  readonly onType: (changed: TypedMail) => void;
}) {
  const { preview, typed, onType } = props;
  const { t } = useTranslation();
  return (
    <>
      <Facts facts={[[t('mails.to'), preview.to]]} />
      {!preview.willSend && <WillSend preview={preview} />}
      <TextInput
        label={t('mails.subject')}
        value={typed.subject ?? preview.subject}
        maxLength={200}
        onChange={(event) => onType({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('mails.body')}
        value={typed.body ?? preview.body}
        autosize
        minRows={8}
        maxRows={20}
        maxLength={10_000}
        onChange={(event) => onType({ body: event.currentTarget.value })}
      />
    </>
  );
}

function useSend(
  { orderNumber, version }: OrderView,
  body: TypedMail & { readonly kind: SentKind },
  onSent: () => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  return useCommand<OrderMails>({
    send: (key) =>
      ask('POST', `/v1/orders/${orderNumber}/mails`, { shop: shop.id, key, version, body }),
    onDone() {
      void queries.invalidateQueries(orderQuery(shop.id, orderNumber));
      onSent();
    },
    reread: () => queries.invalidateQueries({ queryKey: ['order-mails', shop.id] }),
  });
}
