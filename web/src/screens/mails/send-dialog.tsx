import { Textarea, TextInput } from '@mantine/core';
import type { OrderMails, OrderView } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { previewMail } from '../../api/mails.ts';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/problem.tsx';
import { Facts } from '../../ui/section.tsx';
import { WillSend } from './preview.tsx';

/** A mail by hand: read before, changed for this one order if wished, sent at a press. */
export function SendDialog(props: {
  readonly order: OrderView;
  readonly kind: OrderMails['counters'][number]['kind'];
  readonly label: string;
  readonly onClose: () => void;
  readonly onSent: () => void;
}) {
  const { order, kind, label, onClose, onSent } = props;
  const { orderNumber } = order;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<{ subject?: string; body?: string }>({});
  const preview = useQuery({
    queryKey: ['mail-preview', shop.id, orderNumber, kind, order.version],
    queryFn: () => previewMail(shop.id, kind, { orderNumber }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data } = preview;
  const words = { subject: typed.subject ?? data?.subject, body: typed.body ?? data?.body };
  const reread = () => queries.invalidateQueries({ queryKey: ['order-mails', shop.id] });
  const send = useCommand<OrderMails>({
    send: (key) =>
      ask('POST', `/v1/orders/${orderNumber}/mails`, {
        shop: shop.id,
        key,
        version: order.version,
        body: { kind, ...typed },
      }),
    onDone() {
      void queries.invalidateQueries(orderQuery(shop.id, orderNumber));
      onSent();
    },
    reread,
  });
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
        <>
          <Facts facts={[[t('mails.to'), data.to]]} />
          {!data.willSend && <WillSend preview={data} />}
          <TextInput
            label={t('mails.subject')}
            value={words.subject ?? ''}
            maxLength={200}
            onChange={(event) => setTyped({ ...typed, subject: event.currentTarget.value })}
          />
          <Textarea
            label={t('mails.body')}
            value={words.body ?? ''}
            autosize
            minRows={8}
            maxRows={20}
            maxLength={10_000}
            onChange={(event) => setTyped({ ...typed, body: event.currentTarget.value })}
          />
        </>
      )}
      <ProgressNotice progress={send.progress} onResend={() => void send.press()} />
    </Dialog>
  );
}
