import type { SightedView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { Trans } from 'react-i18next';

type BelongingView = NonNullable<SightedView['belongsTo']>;

/** O1: the other order that a transaction of the slip belongs to, with the way to it. */
export function BelongsTo({ belongsTo }: { readonly belongsTo: BelongingView }) {
  const { orderNumber, certain } = belongsTo;
  return (
    <Trans
      i18nKey={certain ? 'attention.belongs.certain' : 'attention.belongs.perhaps'}
      values={{ orderNumber }}
      components={{ order: <Link to="/orders/$orderNumber" params={{ orderNumber }} /> }}
    />
  );
}
