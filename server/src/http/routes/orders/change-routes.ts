import { commandResultSchema } from '@renkei/contract/orders/order-commands.ts';
import { previewSchema } from '@renkei/contract/orders/previews.ts';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { previewCommand } from '@renkei/core/domain/commands/preview-command.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { isOpen } from '@renkei/core/turns/operation.ts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { loadOrder } from '../../../store/orders/order-view.ts';
import type { Backoffice } from '../../backoffice.ts';
import { carryOut, shopOf } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { orNotFound } from '../../problems/problems.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { presentPreview } from '../../views/actions/previews.ts';

/** The answers to a command on an order. */
export const results = { 200: commandResultSchema, 202: commandResultSchema };

type ChangeRoute<B extends z.ZodType> = {
  readonly method: 'POST' | 'PUT';
  readonly resource: string;
  readonly kind: Command['kind'];
  readonly summary: string;
  readonly body: B;
  readonly command: (body: z.output<B>, call: Call) => Command | Promise<Command>;
};

/** A change of an order, and its preview: the same body, and nothing is sent (M6). */
export function changeRoutes<B extends z.ZodType>(
  app: FastifyInstance,
  backoffice: Backoffice,
  change: ChangeRoute<B>,
): void {
  const { resource, summary, body, command } = change;
  commandRoute(app, backoffice, change);
  route(app, backoffice, {
    method: 'POST',
    url: `/v1/orders/:orderNumber/${resource}/preview`,
    deed: 'read_orders',
    summary: `${summary} Previews the result, call by call; nothing is sent (M6)`,
    params: orderParams,
    body,
    answers: { 200: previewSchema },
    async handle(call) {
      return preview(call, call.params.orderNumber, await command(call.body, call));
    },
  });
}

export function commandRoute<B extends z.ZodType>(
  app: FastifyInstance,
  backoffice: Backoffice,
  { method, resource, kind, summary, body, command }: ChangeRoute<B>,
): void {
  const url = `/v1/orders/:orderNumber/${resource}`;
  route(app, backoffice, {
    method,
    url,
    deed: kind,
    summary,
    params: orderParams,
    body,
    answers: results,
    async handle(call) {
      return carryOut(call, call.params.orderNumber, await command(call.body, call));
    },
  });
}

async function preview(call: Call, orderNumber: string, command: Command): Promise<HttpAnswer> {
  const { order, open, shop, today } = await sceneOf(call, orderNumber);
  const previewed = previewCommand(order, open, command, shop, today);
  return { status: 200, body: presentPreview(order, previewed, shop, call.locale) };
}

/** Returns the order in its present state, and whether an operation is open, for a preview. */
export async function sceneOf(call: Call, orderNumber: string) {
  const { backoffice, shopId, locale } = call;
  const shop = await shopOf(call);
  const stored = orNotFound(await loadOrder(backoffice.db, { shopId, orderNumber }), locale);
  const { order, operation } = stored;
  const open = operation !== null && isOpen(operation.operation);
  return { order, open, shop, today: jstDateOf(backoffice.now()) };
}
