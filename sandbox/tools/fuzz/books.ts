import type { CardTransaction } from '../../src/ledger/entities.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { FuzzRequest } from './generate.ts';

/**
 * The facts about money in the answers, kept beside the ledger and independently of it. They are
 * facts, not states, so the order of answers over several connections does not matter.
 */
export class Books {
  /** By 取引番号: shop and yen. */
  readonly #amounts = new Map<string, { readonly shopId: string; readonly amount: number }>();
  readonly #captured = new Set<string>();
  readonly #refunded = new Set<string>();
  readonly #voided = new Set<string>();

  /** Notes the facts about money in an answer. */
  note({ cgi, form }: FuzzRequest, lines: readonly string[]): void {
    const meant = readForm(form);
    const [shopId = '', amount] = [meant.get('SHOPID'), Number(meant.get('PAY'))];
    const [old = '', gone = ''] = [meant.get('SEQNO'), meant.get('CANCELSEQNO')];
    const isChange = cgi === 'authchange.cgi' || cgi === 'salechange.cgi';
    const cancelled = cgi === 'authchange.cgi' ? this.#voided : this.#refunded;
    if (lines[0] === 'NG') {
      // Cancelled first, then declined (protocol §4.5).
      const isDeclined = lines[1]?.startsWith('JCN-') && meant.get('CANCELFIRST') === '1';
      if (isChange && isDeclined) cancelled.add(old);
    }
    if (lines[0] !== 'OK') return;
    const made = {
      'authm.cgi': 2,
      'auth.cgi': 2,
      'salem.cgi': 2,
      'authchange.cgi': 1,
      'salechange.cgi': 1,
    };
    const seqno = lines[made[cgi as keyof typeof made] ?? 0] ?? '';
    if (Object.hasOwn(made, cgi)) this.#amounts.set(seqno, { shopId, amount });
    const capturesAtOnce =
      meant.get('SALETOGETHER') === '1' && (cgi === 'authm.cgi' || cgi === 'auth.cgi');
    if (cgi === 'salem.cgi' || cgi === 'salechange.cgi' || capturesAtOnce)
      this.#captured.add(seqno);
    if (isChange) cancelled.add(old);
    if (cgi === 'sale.cgi') this.#captured.add(old);
    if (cgi === 'authcancel.cgi') this.#voided.add(gone);
    if (cgi === 'salecancel.cgi') this.#refunded.add(gone);
  }

  /**
   * Returns the differences between ledger and books, and within the ledger; empty if there are
   * none.
   */
  audit(ledger: Ledger, shopIds: readonly string[]): string[] {
    const wrong: string[] = [];
    for (const shopId of shopIds) {
      const ours = sum([...this.#captured].map((seqno) => this.#live(seqno, shopId)));
      const theirs = sum(
        ledger
          .list(shopId)
          .filter(isCaptured)
          .map(({ amount }) => amount),
      );
      if (ours === theirs) continue;
      wrong.push(`shop ${shopId}: ${ours} yen were told, ${theirs} are live`);
      for (const seqno of new Set([...this.#captured, ...ledger.transactions.keys()])) {
        const found = ledger.find(shopId, seqno);
        const live = found !== null && isCaptured(found) ? found.amount : 0;
        const told = this.#captured.has(seqno) ? this.#live(seqno, shopId) : 0;
        if (live !== told) wrong.push(`${seqno}: told ${told}, ${found?.state} ${live}`);
      }
    }
    return [...wrong, ...this.findLost(ledger)];
  }

  /**
   * Returns the told facts that the ledger lacks; empty if it has all. More may have happened than
   * was told, as after a kill.
   */
  findLost(ledger: Ledger): string[] {
    const stateOf = (seqno: string) => ledger.transactions.get(seqno)?.state ?? 'missing';
    const lost = (told: Iterable<string>, what: string, fits: RegExp) =>
      [...told]
        .filter((seqno) => !fits.test(stateOf(seqno)))
        .map((seqno) => `${seqno} was told to be ${what}, and is ${stateOf(seqno)}`);
    return [
      ...lost(this.#amounts.keys(), 'there', /^(?!missing$)/),
      ...lost(this.#captured, 'captured', /^(captured|refunded)_/),
      ...lost(this.#refunded, 'refunded', /^refunded_/),
      ...lost(this.#voided, 'voided', /^voided$/),
      ...auditChanges(ledger),
    ];
  }

  /** Returns the captured and not refunded amount of a transaction, in yen. */
  #live(seqno: string, shopId: string): number {
    const found = this.#amounts.get(seqno);
    return found?.shopId === shopId && !this.#refunded.has(seqno) ? found.amount : 0;
  }
}

/** Reads the first of each name, percent-decoded; facts about money are ASCII. */
function readForm(form: Buffer): ReadonlyMap<string, string> {
  const meant = new Map<string, string>();
  for (const pair of form.toString('latin1').split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=').replaceAll('+', ' ');
    if (!meant.has(name)) meant.set(name, value.replace(/%([0-9a-f]{2})/gi, toCharacter));
  }
  return meant;
}

function toCharacter(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function isCaptured({ state }: CardTransaction): boolean {
  return state.startsWith('captured_');
}

/** A changed transaction has one child, of the same slip and shop, and is itself cancelled. */
function auditChanges(ledger: Ledger): string[] {
  const wrong: string[] = [];
  const parents = new Set<string>();
  for (const { seqno, changedFrom, shopId, id } of ledger.list()) {
    if (changedFrom === null) continue;
    const old = ledger.find(shopId, changedFrom);
    if (parents.has(changedFrom)) wrong.push(`${changedFrom} was changed twice`);
    parents.add(changedFrom);
    const isGone = old?.state === 'voided' || old?.state.startsWith('refunded_');
    if (!isGone || old?.id !== id)
      wrong.push(`${seqno} came from ${changedFrom}, which is ${old?.state}`);
  }
  return wrong;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
