import type { Mutant } from './mutant.ts';

/** Mutants of 発行取消 (K3). */
const within = (file: string) => (from: string, to: string) => ({ file, from, to });
const seePayment = within('core/src/turns/see-payment.ts');
const revocation = within('core/src/domain/transaction/revocation.ts');
const confirmer = within('server/src/workers/confirmer.ts');
const atStore = within('core/src/domain/drift/compare-payable.ts');

export const MUTANTS_REVOKED: readonly Mutant[] = [
  {
    name: 'a revocation leaves unwritten',
    breaks: 'F-REGI is asked to revoke a payment before the call is written',
    scenario: 'counter, revoked, alone',
    edits: [
      seePayment(
        "return { page: asked, next: { kind: 'revoke', n } };",
        "return { page, next: { kind: 'revoke', n } };",
      ),
    ],
  },
  {
    name: 'what nobody ordered is revoked',
    breaks: 'a look at any payable payment of an order that has left revokes it',
    edits: [
      confirmer(
        "next.kind === 'revoke' ? await this.#askToRevoke(payment, next.n, begunAt)",
        "sighting.status === 'started' ? await this.#askToRevoke(payment, 1, begunAt)",
      ),
    ],
  },
  {
    name: 'a revocation is repeated blindly',
    breaks: 'a second call leaves while the first may still be carried out',
    scenario: 'counter, revoked, the request lost',
    edits: [seePayment('if (!isOver(open, asOf, quarantineMs) || page', 'if (page')],
  },
  {
    name: 'paid in the meantime counts as revoked',
    breaks: 'a revocation of a payment that the customer has made ends as revoked',
    scenario: 'counter, revoked, paid meanwhile',
    edits: [revocation("return 'paid';", "return 'revoked';")],
  },
  {
    name: 'a refusal ends a revocation unseen',
    breaks:
      'F-REGI’s refusal ends a revocation, though it may refuse what it has revoked or what is paid',
    scenario: 'counter, revoked, paid meanwhile',
    edits: [
      seePayment(
        "kind: 'revocation_refused', ...refusal",
        "kind: 'revocation_ended', settleno: refusal.settleno, outcome: 'failed'",
      ),
    ],
  },
  {
    name: 'a lost call is the last',
    breaks: 'Renkei gives a revocation up after one call without an answer',
    scenario: 'counter, revoked, the request lost',
    edits: [seePayment('asks >= asksMax', 'asks >= 1')],
  },
  {
    name: 'a sleeper revokes',
    breaks: 'a process that has slept since it wrote the call asks F-REGI when it wakes',
    scenario: 'counter, revoked, alone',
    edits: [
      confirmer(
        'if (stopwatch() - writtenAfter > timing.sendWindowMs) return',
        'if (false) return',
      ),
    ],
  },
  {
    name: 'a failed revocation is no matter',
    breaks: '要対応 says nothing of a payment that was to be revoked and can still be made',
    scenario: 'counter, revoked, every request lost',
    edits: [atStore('if (failed.length > 0) return', 'if (false) return')],
  },
];
