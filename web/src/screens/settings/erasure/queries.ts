import type { CertificateView, FindCustomer, FoundCustomer } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../../api/client.ts';

/** Whom a person looks for goes out in the body: no URL names a customer. */
export function foundCustomerQuery(shop: string, sought: FindCustomer | null) {
  return queryOptions({
    queryKey: ['erasures', shop, 'found', sought],
    queryFn: ({ signal }) =>
      ask<FoundCustomer>('POST', '/v1/erasures/preview', { shop, body: sought, signal }),
    enabled: sought !== null,
    gcTime: 0,
  });
}

/** The certificates of the shop's erasures. */
export function certificatesQuery(shop: string) {
  return queryOptions({
    queryKey: ['erasures', shop, 'certificates'],
    queryFn: ({ signal }) =>
      ask<{ items: CertificateView[] }>('GET', '/v1/erasures', { shop, signal }),
  });
}
