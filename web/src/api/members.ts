import type { InvitationList, MemberList } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The members of the shop. */
export function membersQuery(shop: string) {
  return queryOptions({
    queryKey: ['members', shop],
    queryFn: ({ signal }) => ask<MemberList>('GET', '/v1/members', { shop, signal }),
  });
}

/** The invitations that nobody has accepted yet. */
export function invitationsQuery(shop: string) {
  return queryOptions({
    queryKey: ['invitations', shop],
    queryFn: ({ signal }) => ask<InvitationList>('GET', '/v1/invitations', { shop, signal }),
  });
}
