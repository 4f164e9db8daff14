import type { InvitationList, MemberList } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Who works in the shop. */
export function membersQuery(shop: string) {
  return queryOptions({
    queryKey: ['members', shop],
    queryFn: ({ signal }) => ask<MemberList>('GET', '/v1/members', { shop, signal }),
  });
}

/** Who was invited, and has not come yet. */
export function invitationsQuery(shop: string) {
  return queryOptions({
    queryKey: ['invitations', shop],
    queryFn: ({ signal }) => ask<InvitationList>('GET', '/v1/invitations', { shop, signal }),
  });
}
