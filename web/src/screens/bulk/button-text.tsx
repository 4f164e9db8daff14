import type { RunPreview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/browser/format.ts';
import { type Group, irreversibleIn, type Outcome, type Terms } from './terms.ts';

/** 23件・¥226,550 を売上処理する: the button's action; 本番 stands before it if it moves real money. */
export function ButtonText(props: {
  readonly terms: Terms;
  readonly preview: RunPreview | undefined;
  readonly groups: readonly Group[];
}) {
  const { terms, preview, groups } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const text = useText(terms, preview, groups);
  if (preview === undefined) return t('common.loading');
  const isLinked = preview.rows.some(({ asks }) => asks.length > 0);
  const isLive = shop.environment === 'production';
  return isLive && (isLinked || terms.plan.kind === 'mark_paid')
    ? `${t('common.live')}${text}`
    : text;
}

/** The outcomes in which F-REGI is asked to capture. */
const CAPTURED: readonly Outcome[] = ['as_is', 'with_change', 'doubted'];

function useText(
  { plan }: Terms,
  preview: RunPreview | undefined,
  groups: readonly Group[],
): string {
  const { t } = useTranslation();
  const { count = 0, yen = 0 } = preview?.carriedOut ?? {};
  const facts = { count, yen: formatYen(yen) };
  const captured = groups.filter(({ outcome }) => CAPTURED.includes(outcome));
  const captures = captured.reduce((sum, { rows }) => sum + rows.length, 0);
  const captureYen = formatYen(captured.reduce((sum, group) => sum + group.yen, 0));
  switch (plan.kind) {
    case 'mark_paid':
      return captures === 0 ? t('bulk.buttonLocal', facts) : t('bulk.button', facts);
    case 'ship':
      if (isAllSent(preview)) {
        return captures === 0 ? t('bulk.buttonLocal', facts) : t('bulk.button', facts);
      }
      if (!plan.andPay) return t('bulk.buttonShip', { count });
      return captures === 0
        ? t('bulk.buttonShipLocal', { count })
        : t('bulk.buttonShipPay', { count, captures, yen: captureYen });
    case 'cancel': {
      const asks = irreversibleIn(groups).map(({ outcome, rows }) =>
        t('bulk.askCount', {
          verb: t(`words.verb.${outcome === 'refund' ? 'refund' : 'void'}`),
          count: rows.length,
        }),
      );
      return asks.length === 0
        ? t('bulk.buttonCancel', { count })
        : t('bulk.buttonCancelWith', { count, asks: asks.join(t('common.and')) });
    }
    case 'authorize':
      return t('bulk.buttonAuthorize', facts);
    case 'dismiss_cancel_request':
      return t('bulk.buttonDismiss', { count });
    default:
      return plan satisfies never;
  }
}

/** True for a repeated run whose orders are all shipped: it only marks them as paid. */
function isAllSent(preview: RunPreview | undefined): boolean {
  const rows = preview?.rows.filter(({ group }) => group !== 'excluded') ?? [];
  return rows.length > 0 && rows.every(({ unshipped }) => unshipped.length === 0);
}
