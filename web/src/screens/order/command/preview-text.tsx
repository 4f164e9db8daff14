import { isCaptured, type OrderView, type Preview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import { AskDisclosure } from '../../../ui/data/plan.tsx';

/** The transaction that a sentence about an order concerns. */
type Concerned = {
  readonly transaction: Pick<NonNullable<OrderView['transaction']>, 'amount' | 'seqno'> | null;
};

/** The effect of a press in words; the exact calls, for people who want to see them. */
export function PreviewText(props: PreviewTextProps) {
  const { t } = useTranslation();
  return (
    <>
      {props.preview.waits && (
        <p>
          <strong>{t('order.preview.waits')}</strong>
        </p>
      )}
      <EffectText {...props} />
    </>
  );
}

type PreviewTextProps = {
  readonly order: Concerned;
  readonly preview: Exclude<Preview, { decision: 'refuse' }>;
  /** A further effect of the press. */
  readonly more?: string;
};

function EffectText(props: PreviewTextProps) {
  const { order, preview, more } = props;
  const { t } = useTranslation();
  if (preview.decision === 'record') {
    return (
      <p>
        <RecordSentence preview={preview} /> <AtStore preview={preview} /> {more}
      </p>
    );
  }
  const { asks, amount, doubt, liability } = preview;
  const changes = asks.some(({ verb }) => verb === 'change_amount');
  const raises = changes || asks.some(({ verb }) => verb === 'change_captured_amount');
  const authorized = order.transaction?.amount ?? 0;
  return (
    <>
      <p>
        {asks.map(({ verb }) => (
          <AskSentence key={verb} verb={verb} order={order} amount={amount} changes={changes} />
        ))}
        {raises && amount > authorized && ` ${t('order.preview.increase')}`}{' '}
        <AtStore preview={preview} /> {more}
      </p>
      {liability && (
        <p>
          <strong>{t(`words.liability.${liability}`)}</strong>
        </p>
      )}
      {doubt && (
        <p>
          <strong>{doubt.cause}</strong> {doubt.remedy}
        </p>
      )}
      <AskDisclosure asks={asks} label={t('order.preview.asks')} />
    </>
  );
}

/**
 * What stays as it is at F-REGI. If money stays there, the sentence gives its state and amount
 * (V4).
 */
function RecordSentence(props: { readonly preview: Extract<Preview, { decision: 'record' }> }) {
  const { gateway, left, revoked } = props.preview;
  const { t } = useTranslation();
  // K3: F-REGI is told something after all, and AtStore says what.
  if (left === null && revoked.length > 0) return null;
  if (left === null) return t(`order.preview.${gateway}`);
  const said = isCaptured(left.state) ? 'left_captured' : 'left_held';
  const state = t(`words.transaction.${left.state}`);
  return t(`order.preview.${said}`, { state, yen: formatYen(left.amount) });
}

/** L2: what F-REGI says of the customer's payments, where that does not fit the change. */
function AtStore(props: { readonly preview: Exclude<Preview, { decision: 'refuse' }> }) {
  const { payable, revoked } = props.preview;
  const notMade = props.preview.decision === 'record' ? props.preview.notMade : [];
  const { t } = useTranslation();
  return (
    <>
      {notMade.map(({ settleno, status }) => (
        <strong key={settleno}>
          {t('order.preview.notMade', { status: t(`desk.redirect.status.${status}`) })}{' '}
        </strong>
      ))}
      {revoked.map(({ settleno, amount }) => (
        <span key={settleno}>
          {t('order.preview.revoked', { settleno, yen: formatYen(amount) })}{' '}
        </span>
      ))}
      {payable.map(({ settleno, amount }) => (
        <strong key={settleno}>
          {t('order.preview.payable', { settleno, yen: formatYen(amount) })}{' '}
        </strong>
      ))}
    </>
  );
}

type AskedVerb = Extract<Preview, { decision: 'pursue' }>['asks'][number]['verb'];

function AskSentence(props: {
  readonly verb: AskedVerb;
  readonly order: Concerned;
  readonly amount: number;
  readonly changes: boolean;
}) {
  const { verb, order, amount, changes } = props;
  const { t } = useTranslation();
  const yen = formatYen(amount);
  const seqno = order.transaction?.seqno ?? '';
  const authorized = formatYen(order.transaction?.amount ?? 0);
  switch (verb) {
    case 'change_amount':
      return t('order.preview.changeAndCapture', { authorized, billed: yen });
    case 'capture':
      return changes ? null : t('order.preview.capture', { billed: yen });
    case 'void':
    case 'refund':
      return t(`order.preview.${verb}`, { seqno, yen });
    case 'change_captured_amount':
      return t('order.preview.changeCaptured', { authorized, billed: yen });
    case 'authorize':
      return t('order.preview.authorize', { yen });
    default:
      return verb satisfies never;
  }
}
