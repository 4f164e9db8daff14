import type { MailRequest } from '../../core/src/domain/mails/mail-kinds.ts';
import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import { isOpen, isOpenStep, type Operation, type Page } from '../../core/src/turns/operation.ts';
import type { KeptMail } from './kept-mail.ts';
import { refuseOwner, type Tables } from './memory-books.ts';
import { refuseDraw } from './memory-draws.ts';

/** What is stored, as far as it can be refused. */
type Stored = Tables & {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly mails: readonly KeptMail[];
  operationWith(shopId: string, key: string): Operation | undefined;
};

/** Throws as the indexes and checks of PostgreSQL do. */
export function refuse(store: Stored, before: Page, after: Page): void {
  const { operation } = after;
  if (operation !== null && operation !== before.operation) refuseOperation(store, operation);
  refuseSteps(store, after);
  refuseOwner(store, before, after);
  for (const { kind, occasion } of after.mails) {
    const same = (mail: OrderRef & MailRequest) =>
      nameOf(mail) === nameOf(after.order) && mail.kind === kind && mail.occasion === occasion;
    if (store.mails.some(same)) throw new Error('mails_shop_id_order_number_kind_occasion_key');
  }
}

function refuseOperation(store: Stored, operation: Operation): void {
  if (isOpen(operation) !== (operation.endedAt === null)) {
    throw new Error('an open operation has no end, and the others have one');
  }
  const others = store.operationsOf(operation).filter(({ id }) => id !== operation.id);
  if (isOpen(operation) && others.some(isOpen)) {
    throw new Error('one_open_operation_per_order');
  }
  const keyed = store.operationWith(operation.shopId, operation.key);
  if (keyed !== undefined && keyed.id !== operation.id) {
    throw new Error('operations_shop_id_key_key');
  }
  refuseDraw(store.operations.values(), operation);
}

function refuseSteps(store: Stored, { order, step, closedStep }: Page): void {
  const written = [closedStep, step].filter((each) => each !== null);
  const [first] = written;
  if (first === undefined) return;
  const known = store.stepsOf({ shopId: order.shopId, id: first.operationId });
  const kept = known.filter(({ n }) => written.every((each) => each.n !== n));
  if ([...kept, ...written].filter(isOpenStep).length > 1) {
    throw new Error('one_open_step_per_operation');
  }
}
