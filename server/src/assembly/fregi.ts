import type { Gateway } from '@renkei/core/ports/gateway.ts';
import { Circuit } from '../fregi/circuit.ts';
import { createFregiGateway } from '../fregi/client.ts';
import { checkHost } from '../fregi/hosts.ts';
import { type ContractOf, type FregiContract, FregiLine } from '../fregi/line.ts';
import { beginOutage, endOutage, listOutages } from '../store/attention/outages.ts';
import type { Db } from '../store/db/db.ts';
import { loadShop } from '../store/shops/shops.ts';
import type { Ground } from './ground.ts';

/** The parts that ask F-REGI. */
export type Fregi = {
  readonly line: FregiLine;
  readonly client: Gateway;
  readonly circuit: Circuit;
};

/** Connects the line to F-REGI; circuit, metrics and log hear the end of each call. */
export function connectFregi(ground: Ground, production: boolean): Fregi {
  const { databases, timing, metrics, log } = ground;
  const contracts = new Contracts(databases.people, production);
  const contractOf = (shopId: string) => contracts.of(shopId);
  const circuit = circuitOf(ground, contractOf);
  const line = new FregiLine(contractOf, (end) => {
    circuit.heard(end);
    const { shopId, kind, shown, answer, tookMs } = end;
    const verb = shown?.path.replace('.cgi', '') ?? kind;
    metrics.gatewayCalls.observe({ verb, answer: answer.kind }, tookMs / 1000);
    if (shown) log.info({ at: 'fregi', shopId, ...shown, answer, tookMs: Math.round(tookMs) });
  });
  const { callMs, queueMs } = timing;
  return { line, client: createFregiGateway({ line, callMs, queueMs }), circuit };
}

function circuitOf({ databases, timing, onError }: Ground, contractOf: ContractOf): Circuit {
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
