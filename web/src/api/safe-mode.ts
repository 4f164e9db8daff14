import type { SafeModeView } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

type SafeModeAnswer = { readonly safeMode: SafeModeView | null };

const AGAIN_MS = 5_000;

export function safeModeQuery(shop: string) {
  return queryOptions({
    queryKey: ['safe-mode', shop],
    queryFn: ({ signal }) => ask<SafeModeAnswer>('GET', '/v1/safe-mode', { shop, signal }),
    refetchInterval: AGAIN_MS,
  });
}

export function releaseSafeMode(shop: string, key: string, note: string): Promise<SafeModeAnswer> {
  return ask('POST', '/v1/safe-mode/release', { shop, key, body: { note } });
}
