import { operationSchema, reviewAnswerSchema } from '@renkei/contract/orders/operations.ts';
import { type ReviewGuide, reviewGuideSchema } from '@renkei/contract/orders/reviews.ts';
import { TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Actor, Operation, Step } from '@renkei/core/turns/operation.ts';
import { previewReview, type ReviewedScene } from '@renkei/core/turns/preview-review.ts';
import { choiceFor, type ReviewChoice, reviewChoices } from '@renkei/core/turns/review.ts';
import type { FastifyInstance } from 'fastify';
import { witnessAnswer } from '../../../services/answer-review.ts';
import {
  declineAnswer,
  loadReviewAnswer,
  type StoredAnswer,
} from '../../../store/attention/reviews.ts';
import { loadOperation, loadOrder } from '../../../store/orders/order-view.ts';
import { refuseAnothers } from '../../another-order.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import { idempotencyKey } from '../../request.ts';
import { type Call, route } from '../../route.ts';
import { presentAsk } from '../../views/actions/previews.ts';
import { instant } from '../../views/instant.ts';
import { presentOperation } from '../../views/operations.ts';

/** 要確認: only a person can find the outcome of the call. The guide lists the possible answers. */
export function reviewRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/operations/:id/review',
    deed: 'read_orders',
    summary: 'What to look for in F-REGI’s console, and the possible answers',
    params: idParams,
    answers: { 200: reviewGuideSchema },
    async handle(call) {
      return { status: 200, body: await guide(call, await sceneOf(call, call.params.id)) };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/operations/:id/review',
    deed: 'answer_review',
    summary: 'A person’s finding at F-REGI’s console; an unexpected amount needs two people',
    params: idParams,
    body: reviewAnswerSchema,
    answers: { 200: operationSchema, 202: reviewGuideSchema },
    async handle(call) {
      idempotencyKey(call);
      const { db, office, waitMs } = backoffice;
      const { shopId, locale, actor } = call;
      const scene = await sceneOf(call, call.params.id);
      const { body } = call;
      const seen: Seen | null = 'nothing' in body ? null : { ...body, amount: yen(body.amount) };
      if (seen) await refuseAnothers(call, scene.operation.orderNumber, seen.seqno);
      const choice = choiceFor(scene.step, scene.before, seen);
      if (choice === null) throw edgeProblem('review_answer_unfit', locale);
      const place = { shopId, operationId: scene.operation.id };
      const witnesses = await witnessAnswer(db, place, { seen, choice }, actor);
      if (witnesses === 'own') throw edgeProblem('second_person_wanted', locale);
      if (witnesses === 'waits') return { status: 202, body: await guide(call, scene) };
      await office.review(scene.operation, seen, waitMs, witnesses);
      const loaded = orNotFound(await loadOperation(db, shopId, scene.operation.id), locale);
      return { status: 200, body: presentOperation(loaded, locale) };
    },
  });
  declineRoute(app, backoffice);
}

function declineRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/operations/:id/review',
    deed: 'answer_review',
    summary: 'Declines an answer that waits for a second person, or withdraws one’s own',
    params: idParams,
    answers: { 200: reviewGuideSchema },
    async handle(call) {
      idempotencyKey(call);
      const { shopId, locale, actor } = call;
      const scene = await sceneOf(call, call.params.id);
      const place = { shopId, operationId: scene.operation.id };
      const declined = await declineAnswer(backoffice.db, place, actor);
      if (!declined) throw edgeProblem('no_answer_waits', locale);
      return { status: 200, body: await guide(call, scene) };
    },
  });
}

type ReviewScene = ReviewedScene & { readonly operation: Operation; readonly step: Step };

/** Returns the operation with its doubtful call. Throws a problem if it is not in review. */
async function sceneOf({ backoffice, shopId, locale }: Call, id: string): Promise<ReviewScene> {
  const { db } = backoffice;
  const loaded = orNotFound(await loadOperation(db, shopId, id), locale);
  const { operation, steps } = loaded;
  const stored = await loadOrder(db, { shopId, orderNumber: operation.orderNumber });
  const step = steps.at(-1);
  const before = operation.stray ?? stored?.order.transaction;
  if (operation.state !== 'review' || step === undefined || !stored || !before) {
    throw edgeProblem('not_in_review', locale);
  }
  return { order: stored.order, operation, step, before };
}

async function guide(call: Call, scene: ReviewScene): Promise<ReviewGuide> {
  const { backoffice, shopId, locale, actor } = call;
  const { order, operation, step, before } = scene;
  const place = { shopId, operationId: operation.id };
  const shop = await shopOf(call);
  const given = await loadReviewAnswer(backoffice.db, place);
  return {
    operationId: operation.id,
    orderNumber: operation.orderNumber,
    verb: step.verb,
    sentAt: instant(step.sentAt),
    slipId: before.slipId,
    seqno: step.seqno,
    before: { state: before.state, amount: before.amount },
    askedAmount: step.amount,
    choices: reviewChoices(step, before).map((choice) => {
      const { asks, mail } = previewReview(choice, scene, shop);
      const next = { asks: asks.map((ask) => presentAsk(order, ask, shop)), mail };
      return { ...choice, label: labelOf(choice, locale), next };
    }),
    ...presentGiven(given, actor),
  };
}

/** Returns the last answer: it waits for a second person, or that person declined it. */
function presentGiven(
  given: StoredAnswer | null,
  { id }: Actor,
): Pick<ReviewGuide, 'waiting' | 'declined'> {
  if (given === null) return { waiting: null, declined: null };
  const { answer, actor, at, declinedBy, declinedAt } = given;
  if (declinedBy !== null && declinedAt !== null) {
    const declined = { answer, by: declinedBy.name, at: instant(declinedAt) };
    return { waiting: null, declined };
  }
  const waiting = { answer, by: actor.name, at: instant(at), mayConfirm: actor.id !== id };
  return { waiting, declined: null };
}

function labelOf({ state, outcome, newTransaction }: ReviewChoice, locale: Locale): string {
  const name = state && TRANSACTION_STATE[state][locale];
  const where = newTransaction ? NEW[locale] : SAME[locale];
  if (locale === 'ja') {
    const found = name === null ? NOTHING.ja : `${where}が「${name}」`;
    return `${found}（${MEANS[outcome].ja}）`;
  }
  const found = name === null ? NOTHING.en : `${where} is “${name}”`;
  return `${found} (${MEANS[outcome].en})`;
}

const NOTHING = {
  ja: 'この伝票番号に承認・売上された取引はない',
  en: 'No transaction of this slip is authorized or captured',
};

const NEW = { ja: '新しい取引番号の取引', en: 'A transaction with a new number' };
const SAME = { ja: 'この取引番号の取引', en: 'The transaction with this number' };
const MEANS = {
  done: { ja: '操作は行われた', en: 'F-REGI carried it out' },
  not_done: { ja: '操作は行われていない', en: 'F-REGI did not carry it out' },
  found: { ja: 'F-REGI管理画面などで変更された', en: 'somebody else has changed it' },
};
