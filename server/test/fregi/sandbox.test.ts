import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Answer, Ask } from '@renkei/core/turns/asks.ts';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../sandbox/src/error-codes.ts';
import { FAULTS, type FaultKind } from '../../../sandbox/src/faults/rules.ts';
import type { Sandbox } from '../../../sandbox/src/index.ts';
import { type LedgerState, STATES } from '../../../sandbox/src/ledger/states.ts';
import { lineTo } from '../../../test/kit/fregi-line.ts';
import { openSandbox } from '../../../test/kit/servers.ts';
import { createFregiGateway } from '../../src/fregi/client.ts';

/**
 * The client against every answer of the sandbox: the protocol, written twice, meets over the wire.
 * The ledger has the truth: done must have happened, refused must not.
 */
const SHOP = '00001';
const SEQNO = '00000000000000002954';
const SLIP = '100000394011';

async function start(callMs = 2_000): Promise<{ sandbox: Sandbox; gateway: Gateway }> {
  const shops = [{ shopId: SHOP, name: '店', inquiry: true }];
  const sandbox = await openSandbox({ directory: null, shops });
  const gateway = createFregiGateway({
    line: lineTo({
      fregiShopId: SHOP,
      baseUrl: `${sandbox.url}/connect/`,
      inquiryUrl: `${sandbox.url}/sandbox/v1/inquiry`,
    }),
    callMs,
    queueMs: 1_000,
  });
  return { sandbox, gateway };
}

function seed(sandbox: Sandbox, state: LedgerState): Promise<void> {
  const { ledger } = sandbox.gateway;
  const at = sandbox.gateway.now();
  ledger.apply({
    kind: 'opened',
    transaction: {
      seqno: SEQNO,
      shopId: SHOP,
      id: SLIP,
      authCode: '000123',
      amount: 9_000,
      state,
      authorizedAt: at,
      customerId: null,
      changedFrom: null,
      pan: '************1111',
      history: [{ at, what: 'seed', by: 'seed' }],
    },
  });
  const pan = '************1111';
  ledger.apply({ kind: 'customer_registered', customer: { shopId: SHOP, customerId: 'C-1', pan } });
  return sandbox.gateway.settled();
}

function askFor(verb: Verb): Ask {
  const isNew = verb === 'authorize';
  return {
    shopId: 'hanamichi',
    verb,
    slipId: SLIP,
    amount: yen(9_115),
    seqno: isNew ? null : SEQNO,
    authCode: isNew ? null : '000123',
    card: isNew ? { customerId: 'C-1' } : null,
  };
}

const VERBS: readonly Verb[] = ['capture', 'void', 'refund', 'change_amount', 'authorize'];

/** The new state of a verb's transaction; null for a verb that makes a new one. */
const MAKES: Readonly<Record<string, LedgerState>> = {
  capture: 'captured_untransmitted',
  void: 'voided',
  refund: 'refunded_untransmitted',
  change_amount: 'voided',
  authorize: 'authorized',
};

describe('every verb in every state', () => {
  const cells = (Object.keys(STATES) as LedgerState[]).flatMap((state) =>
    VERBS.map((verb) => [state, verb] as const),
  );
  test.each(cells)(
    '%s of a transaction that is %s: the answer tells what happened',
    async (before, verb) => {
      const { sandbox, gateway } = await start();
      await seed(sandbox, before);
      const answer = await gateway.ask(askFor(verb));
      const { ledger } = sandbox.gateway;
      const [fresh] = ledger.list();
      if (answer.kind === 'done') {
        expect(ledger.find(SHOP, SEQNO)?.state).toBe(verb === 'authorize' ? before : MAKES[verb]);
        if (answer.seqno === null) return expect(fresh?.seqno).toBe(SEQNO);
        const { seqno, authCode } = answer;
        return expect(fresh).toMatchObject({ seqno, authCode, amount: 9_115, state: 'authorized' });
      }
      expect(answer.kind).toBe('refused');
      expect(ledger.list()).toMatchObject([{ seqno: SEQNO, state: before, amount: 9_000 }]);
    },
  );
});

describe('every fault', () => {
  /** What a client may tell of a struck call; null if it was not struck. */
  const SAYS: Record<FaultKind, Answer['kind']> = {
    decline: 'refused',
    drop_before: 'unknown',
    drop_after: 'unknown',
    late_act: 'unknown',
    late_answer: 'unknown',
    http_500_before: 'unknown',
    http_500_after: 'unknown',
    garbage: 'unknown',
    html: 'unknown',
    empty: 'unknown',
    cut_off: 'unknown',
    wrong_charset: 'unknown',
    half_change: 'unknown',
    slow_drip: 'unknown',
    duplicate_notice: 'done',
  };

  const rows = FAULTS.flatMap((kind) => VERBS.map((verb) => [kind, verb] as const));
  test.each(rows)('the fault %s at %s is never taken for another outcome', async (kind, verb) => {
    const isLate = ['late_act', 'late_answer', 'slow_drip'].includes(kind);
    const { sandbox, gateway } = await start(isLate ? 200 : 2_000);
    await seed(sandbox, verb === 'refund' ? 'captured_transmitted' : 'authorized');
    sandbox.gateway.faults.set([{ kind, delayMs: 1_000 }]);
    const wanted = kind === 'half_change' && verb !== 'change_amount' ? 'done' : SAYS[kind];
    expect((await gateway.ask(askFor(verb))).kind).toBe(wanted);
  });
});

describe('every code of the list', () => {
  test('every code of the list is read with its sentence, and only known codes have an effect', async () => {
    const { sandbox, gateway } = await start();
    await seed(sandbox, 'authorized');
    for (const { code, ja } of ERROR_CODES.filter((error) => !error.code.startsWith('CS'))) {
      sandbox.gateway.faults.set([{ kind: 'decline', code, text: ja }]);
      const answer = await gateway.ask(askFor('capture'));
      expect(answer).toMatchObject({ kind: 'refused', code, text: ja });
      if (answer.kind !== 'refused') continue;
      const isTemporary = /^JCN-G(30|85|92|94|95|97|99)$/.test(code);
      if (isTemporary) expect(answer.refusal, code).toBe('unclear');
      if (answer.refusal.startsWith('already_')) expect(ja).toMatch(/(受付済み|取消済み)です$/);
    }
  });
});

describe('the inquiry', () => {
  test('the inquiry shows every state as it is in the ledger', async () => {
    const { sandbox, gateway } = await start();
    for (const state of Object.keys(STATES) as LedgerState[]) {
      await seed(sandbox, state);
      const seen = await gateway.inquire({ shopId: 'hanamichi', slipId: SLIP });
      expect(seen).toMatchObject({ kind: 'seen', transactions: [{ seqno: SEQNO, state }] });
    }
  });
});
