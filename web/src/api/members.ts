import type { MemberList } from '@renkei/backoffice/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Who works in the shop. */
export function membersQuery(shop: string) {
  return queryOptions({
    queryKey: ['members', shop],
    queryFn: ({ signal }) => ask<MemberList>('GET', '/v1/members', { shop, signal }),
  });
}
