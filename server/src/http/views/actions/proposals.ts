import type { ProposalView } from '@renkei/contract/orders/proposals.ts';
import {
  denialOf,
  PERMISSION_TO,
  permissionOf,
  type Role,
} from '@renkei/core/domain/commands/permissions.ts';
import { previewCommand } from '@renkei/core/domain/commands/preview-command.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { objectionToAgreement } from '@renkei/core/turns/second-person/proposing.ts';
import type { Shop } from '../../../store/shops/shops.ts';
import { instant } from '../instant.ts';
import { presentReason } from '../reasons.ts';
import { presentPreview } from './previews.ts';

type ProposalViewer = {
  readonly shop: Shop;
  readonly role: Role;
  readonly actor: Actor;
  readonly memberSince: Instant;
  readonly now: Instant;
};

/** Returns the command that waits for a second person (F59), as the viewer may answer it. */
export function presentProposal(
  order: Order,
  open: boolean,
  { shop, role, actor, memberSince, now }: ProposalViewer,
  locale: Locale,
): ProposalView | null {
  const { proposal, transaction } = order;
  if (proposal === null || now >= proposal.until) return null;
  const { version, command, limited, by, at, until } = proposal;
  const agreement = { kind: 'agree_to_proposal', proposal: version } as const;
  const giver = { command: agreement, actor, memberSince };
  const objection = objectionToAgreement({ order, now, settings: shop }, giver);
  const permissions = [permissionOf(command, transaction), PERMISSION_TO.agree_to_proposal];
  const previewed = previewCommand(order, open, agreement, shop, jstDateOf(now));
  return {
    version,
    command: command.kind,
    limited: limited.kind,
    amount: limited.amount,
    by: by.name,
    at: instant(at),
    until: instant(until),
    isOwn: actor.id === by.id,
    objection: objection && presentReason(objection, locale, order),
    denied: denialOf(role, permissions, locale),
    preview: presentPreview(order, previewed, shop, locale),
  };
}
