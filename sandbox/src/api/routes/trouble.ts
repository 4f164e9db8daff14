import { BRANDS, INVENTED, TEST_CARD } from '../../cards.ts';
import { findEndpoint } from '../../endpoints/index.ts';
import { ERROR_CODES } from '../../error-codes.ts';
import { FAULTS, type FaultRule, isFaultRule, NOTICE } from '../../faults/rules.ts';
import type { FregiGateway } from '../../gateway.ts';
import { readSnapshot, snapshotOf } from '../../ledger/snapshot.ts';
import { readSettings } from '../../shops.ts';
import { describeRecord, toCurl, transcriptOf } from '../../wire/log.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiRoute,
  limitOf,
  membersOf,
  object,
  ok,
  problem,
  text,
} from '../route.ts';

const rule = object({
  kind: { enum: FAULTS },
  shopId: text,
  cgi: text,
  code: text,
  text,
  share: { type: 'number' },
  times: { type: 'integer' },
  delayMs: { type: 'number' },
});
const RECORDS_MAX = 1_000;

/** Trouble by rules, the clock, shops, the log of the wire, snapshot and reset. */
export const TROUBLE_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: 'faults',
    summary: 'The rules of trouble',
    answers: { what: '{ kinds, rules }' },
    handle: ({ faults }) => ok({ kinds: FAULTS, rules: faults.rules }),
  },
  {
    method: 'POST',
    path: 'faults',
    summary: 'Replaces the rules',
    body: object({ rules: { type: 'array', items: rule }, seed: { type: 'integer' } }, ['rules']),
    answers: { what: '{ rules }' },
    handle: setFaults,
  },
  {
    method: 'DELETE',
    path: 'faults',
    summary: 'Ends the trouble',
    answers: { what: '{ rules: [] }' },
    handle: ({ faults }) => {
      faults.set([]);
      return ok({ rules: [] });
    },
  },
  {
    method: 'GET',
    path: 'cards',
    summary: 'Test cards and what they do',
    answers: { what: '{ cards, brands }' },
    handle: () => {
      const cards = Object.entries(INVENTED).map(([last, { ja, en }]) => ({ last, ja, en }));
      return ok({ documented: TEST_CARD, cards, brands: Object.values(BRANDS) });
    },
  },
  {
    method: 'GET',
    path: 'errors',
    summary: 'エラーコード一覧',
    answers: { what: '{ errors }' },
    handle: () => ok({ errors: ERROR_CODES }),
  },
  {
    method: 'GET',
    path: 'clock',
    summary: "The sandbox's clock",
    answers: { what: '{ now, stopped }' },
    handle: (gateway) => ok(clockOf(gateway)),
  },
  {
    method: 'POST',
    path: 'clock',
    summary: 'Moves the clock, stops it, lets it go',
    body: object({ advanceMs: { type: 'number' }, to: text, stopped: { type: 'boolean' } }),
    answers: { what: '{ now, stopped }' },
    handle: moveClock,
  },
  {
    method: 'GET',
    path: 'shops',
    summary: 'The shops and what they have agreed',
    answers: { what: '{ shops }' },
    handle: (gateway) => ok({ shops: gateway.listShops() }),
  },
  {
    method: 'PUT',
    path: 'shops/{shopId}',
    summary: 'Changes a shop, or makes one',
    body: object({ name: text }),
    answers: { what: 'the shop' },
    handle: changeShop,
  },
  {
    method: 'GET',
    path: 'wire',
    summary: 'The last calls, newest first',
    query: { limit: 'how many, 100 unless told' },
    answers: { what: '{ records }: masked form, bytes, decoded, fault, time taken' },
    handle: ({ wireLog }, { query }) =>
      ok({ records: wireLog.latest(limitOf(query, 100, RECORDS_MAX)).map(describeRecord) }),
  },
  {
    method: 'GET',
    path: 'wire/{number}/curl',
    summary: 'A call as a shell command',
    answers: { type: 'text/plain; charset=utf-8', what: 'one line' },
    handle: ({ wireLog }, { params, origin }) => {
      const record = wireLog.find(Number(params.number));
      if (record === null)
        return problem(404, {
          en: 'no such call, or no longer',
          ja: '該当する通信記録がないか、古くなって消えています',
        });
      return plain(`${toCurl(record, origin)}\n`);
    },
  },
  {
    method: 'GET',
    path: 'transcript',
    summary: 'What was asked and answered, without times',
    answers: { type: 'text/plain; charset=utf-8', what: 'one line of JSON per call, oldest first' },
    handle: ({ wireLog }) => plain(transcriptOf(wireLog.latest(Number.MAX_SAFE_INTEGER).reverse())),
  },
  {
    method: 'GET',
    path: 'snapshot',
    summary: 'All that the ledger holds',
    answers: { what: 'an array, for POST snapshot' },
    handle: ({ ledger }) => ok(snapshotOf(ledger)),
  },
  {
    method: 'POST',
    path: 'snapshot',
    summary: 'Puts a snapshot in the place of the ledger',
    body: { type: 'array', items: object({}) },
    answers: { what: '{ restored }' },
    handle: restore,
  },
  {
    method: 'POST',
    path: 'reset',
    summary: 'An empty ledger; the rules of trouble stay',
    body: object({ seed: { type: 'integer' }, at: { ...text, format: 'date-time' } }),
    answers: { what: '{}' },
    handle: reset,
  },
];

function plain(body: string): ApiAnswer {
  return { status: 200, body, type: 'text/plain; charset=utf-8' };
}

function setFaults({ faults }: FregiGateway, { body }: ApiRequest): ApiAnswer {
  const { rules, seed } = membersOf(body);
  if (!Array.isArray(rules) || !rules.every(isFaultRule)) {
    return problem(400, {
      en: `rules is an array of { kind, … }; kinds: ${FAULTS.join(', ')}`,
      ja: `rules は { kind, … } の配列で指定してください。kind: ${FAULTS.join(', ')}`,
    });
  }
  const isKnown = (cgi: string) => cgi === NOTICE || findEndpoint(cgi) !== null;
  const unknown = rules.find(({ cgi }: FaultRule) => cgi !== undefined && !isKnown(cgi));
  if (unknown !== undefined)
    return problem(400, {
      en: `there is no ${unknown.cgi}`,
      ja: `${unknown.cgi} というCGIはありません`,
    });
  faults.set(rules, typeof seed === 'number' ? seed : 1);
  return ok({ rules });
}

const CLOCK_MS_MAX = 100 * 365 * 86_400_000;

function clockOf(gateway: FregiGateway) {
  const stopped = gateway.ledger.clockStoppedAt !== null;
  return { now: new Date(gateway.now()).toISOString(), stopped };
}

async function moveClock(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { advanceMs, to, stopped } = membersOf(body);
  const target = typeof to === 'string' ? Date.parse(to) - gateway.now() : advanceMs;
  const byMs = target === undefined && typeof stopped === 'boolean' ? 0 : target;
  if (typeof byMs !== 'number' || !Number.isFinite(byMs)) {
    return problem(400, {
      en: 'advanceMs is wanted, in milliseconds, or to, an instant, or stopped',
      ja: 'advanceMs（ミリ秒）、to（日時）、stopped のいずれかを指定してください',
    });
  }
  if (Math.abs(gateway.now() + byMs - Date.now()) > CLOCK_MS_MAX) {
    return problem(400, {
      en: 'the clock moves up to a hundred years either way',
      ja: '時計を動かせるのは前後100年までです',
    });
  }
  if (typeof stopped === 'boolean') await gateway.stopClock(stopped);
  await gateway.moveClock(byMs);
  return ok(clockOf(gateway));
}

async function changeShop(gateway: FregiGateway, { params, body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId = '' } = params;
  if (!/^\d{5}$/.test(shopId))
    return problem(400, { en: 'a shop has five digits', ja: '店舗IDは5桁の数字です' });
  const read = readSettings(body);
  if ('wrong' in read) return problem(400, read.wrong);
  await gateway.changeShop(shopId, read.settings);
  return ok(gateway.shop(shopId));
}

async function restore(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const events = readSnapshot(body);
  if (events === null)
    return problem(400, {
      en: 'this is not a snapshot of GET snapshot',
      ja: 'GET snapshot で取得したスナップショットではありません',
    });
  await gateway.record([{ kind: 'reset' }, ...events]);
  return ok({ restored: events.length });
}

async function reset(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { seed, at } = membersOf(body);
  if (seed !== undefined && !Number.isSafeInteger(seed))
    return problem(400, { en: 'seed is a whole number', ja: 'seed は整数で指定してください' });
  const stoppedAt = at === undefined ? null : Date.parse(String(at));
  if (Number.isNaN(stoppedAt))
    return problem(400, { en: 'at is an instant', ja: 'at は日時で指定してください' });
  await gateway.reset(typeof seed === 'number' ? seed : undefined, stoppedAt);
  return ok({});
}
