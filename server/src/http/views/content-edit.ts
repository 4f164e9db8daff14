import type { editContentSchema } from '@renkei/contract/orders/order-commands.ts';
import type { Amounts } from '@renkei/core/domain/order/order.ts';
import type { ContentEdit } from '@renkei/core/domain/rules/edit-amounts.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { z } from 'zod';

/** Converts the body of 商品・送料・手数料編集 for the rule. */
export function contentEditOf(body: z.output<typeof editContentSchema>): ContentEdit {
  const given = Object.entries(body.amounts).filter(([, value]) => value !== undefined);
  const amounts: Partial<Amounts> = Object.fromEntries(
    given.map(([name, value]) => [name, yen(Number(value))]),
  );
  const lines = body.lines?.map((ofDestination) =>
    ofDestination.map((line) => ({ ...line, unitPrice: yen(line.unitPrice) })),
  );
  return { amounts, ...(lines === undefined ? {} : { lines }) };
}
