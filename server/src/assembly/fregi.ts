import type { Gateway } from '@renkei/core/ports/gateway.ts';
import { Circuit } from '../fregi/circuit.ts';
import { createFregiGateway, type FregiContract } from '../fregi/client.ts';
import { checkHost } from '../fregi/hosts.ts';
import { createRevocationCall, type RevocationCall } from '../fregi/redirect.ts';
import { beginOutage, endOutage, listOutages } from '../store/attention/outages.ts';
import type { Db } from '../store/db/db.ts';
import { loadShop } from '../store/shops/shops.ts';
import type { Ground } from './ground.ts';

/** The parts that ask F-REGI. */
export type Fregi = {
  readonly contractOf: (shopId: string) => Promise<FregiContract>;
  readonly client: Gateway;
  readonly circuit: Circuit;
  readonly revoke: RevocationCall;
};

/** Connects the client of F-REGI; circuit, metrics and log hear the end of each call. */
export function connectFregi(ground: Ground, production: boolean): Fregi {
  const { databases, timing, metrics, log } = ground;
  const contracts = new Contracts(databases.people, production);
  const contractOf = (shopId: string) => contracts.of(shopId);
  const circuit = circuitOf(ground, contractOf);
  const client = createFregiGateway({
    contractOf,
    callMs: timing.callMs,
    queueMs: timing.queueMs,
    onCall({ shopId, call, answer, tookMs }) {
      circuit.heard(shopId, answer);
      const verb = call.path.replace('.cgi', '');
      metrics.gatewayCalls.observe({ verb, answer: answer.kind }, tookMs / 1000);
      log.info({ at: 'fregi', shopId, ...call, answer, tookMs: Math.round(tookMs) });
    },
  });
  return { contractOf, client, circuit, revoke: observedRevocation(ground, contractOf) };
}

/** K3: 発行取消, counted and logged like every call. */
function observedRevocation(
  { timing, metrics, log }: Ground,
  contractOf: Fregi['contractOf'],
): RevocationCall {
  const revoke = createRevocationCall(contractOf, timing.callMs);
  return async (shopId, settleno) => {
    const began = performance.now();
    const answer = await revoke(shopId, settleno);
    const tookMs = performance.now() - began;
    metrics.gatewayCalls.observe({ verb: 'compsettlecancel', answer: answer.kind }, tookMs / 1000);
    const path = 'compsettlecancel.cgi';
    log.info({ at: 'fregi', shopId, path, settleno, answer, tookMs: Math.round(tookMs) });
    return answer;
  };
}

function circuitOf(
  { databases, timing, onError }: Ground,
  contractOf: Fregi['contractOf'],
): Circuit {
  const db = databases.background;
  return new Circuit({
    outages: {
      begin: (shopId, cause) => beginOutage(db, shopId, cause),
      end: (shopId) => endOutage(db, shopId),
      list: () => listOutages(db),
    },
    baseUrlOf: async (shopId) => (await contractOf(shopId)).baseUrl,
    everyMs: timing.lookMs,
    onError,
  });
}

const CONTRACT_MS = 5_000;

/** The shops' contracts at F-REGI, cached for a few seconds. */
class Contracts {
  readonly #db: Db;
  readonly #production: boolean;
  readonly #known = new Map<string, { readonly contract: FregiContract; readonly until: number }>();

  constructor(db: Db, production: boolean) {
    this.#db = db;
    this.#production = production;
  }

  /**
   * Rejects for an unknown shop, for an address that is not F-REGI's, and for the sandbox in
   * production.
   */
  async of(shopId: string): Promise<FregiContract> {
    const found = this.#known.get(shopId);
    if (found !== undefined && performance.now() < found.until) return found.contract;
    const shop = await loadShop(this.#db, shopId);
    if (shop === null) throw new Error(`no shop ${shopId}`);
    const { environment, shopId: fregiShopId, baseUrl, inquiryUrl } = shop.fregi;
    if (this.#production && environment === 'sandbox') {
      throw new Error('the sandbox is not a gateway in production');
    }
    const contract = { fregiShopId, baseUrl, inquiryUrl };
    checkHost(environment, contract);
    this.#known.set(shopId, { contract, until: performance.now() + CONTRACT_MS });
    return contract;
  }
}
