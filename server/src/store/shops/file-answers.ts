import type { AnswerFile, FileAnswers } from '@renkei/contract/lists/file-answers.ts';
import type { ShipmentPart } from '@renkei/contract/lists/shipment-parts.ts';
import type { PaymentKind } from '@renkei/core/domain/order/states.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { foldMethod, type PaymentMethods } from '../../csv/orders/payment-kind.ts';
import type { Replacements } from '../../csv/text/cp932.ts';
import { foldHeader } from '../../csv/text/header.ts';
import { logSettings } from '../audit/settings-log.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** The most answers of a shop; files hold fewer words. */
const ANSWERS_MAX = 1_000;

type FileAnswer = FileAnswers['answers'][number];

/** Lists a shop's answers about its files, by kind and word. */
export async function listFileAnswers(db: Queryable, shopId: string): Promise<FileAnswer[]> {
  const { rows } = await db.query<FileAnswer>(
    `select kind, asked, answer from file_answers where shop_id = $1 order by kind, asked limit $2`,
    [shopId, ANSWERS_MAX],
  );
  return rows;
}

/** The answers by what they are for, each under its folded word. */
export type KnownAnswers = {
  readonly methods: PaymentMethods;
  readonly columns: ReadonlyMap<string, ShipmentPart>;
  readonly characters: Replacements;
};

export async function loadFileAnswers(db: Queryable, shopId: string): Promise<KnownAnswers> {
  const answers = await listFileAnswers(db, shopId);
  const of = (wanted: FileAnswer['kind']) =>
    answers.flatMap(({ kind, asked, answer }) =>
      kind === wanted ? [[foldAsked(kind, asked), answer] as const] : [],
    );
  return {
    methods: new Map(of('payment_method')) as ReadonlyMap<string, PaymentKind>,
    columns: new Map(of('shipment_column')) as ReadonlyMap<string, ShipmentPart>,
    characters: new Map(of('character')),
  };
}

/** Keeps an answer in place of an earlier one, or takes it back, and logs the change. */
export async function saveFileAnswer(
  db: Db,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  { kind, asked, answer }: AnswerFile,
): Promise<void> {
  const folded = foldAsked(kind, asked);
  await transaction(db, async (client) => {
    const { rows: gone } = await client.query<Pick<FileAnswer, 'answer'>>(
      `delete from file_answers where shop_id = $1 and kind = $2 and folded = $3 returning answer`,
      [shopId, kind, folded],
    );
    if (answer !== null) {
      await client.query(
        `insert into file_answers (shop_id, kind, folded, asked, answer)
         values ($1, $2, $3, $4, $5)
         on conflict (shop_id, kind, folded) do update set asked = $4, answer = $5`,
        [shopId, kind, folded, asked, answer],
      );
    }
    const before = gone[0] === undefined ? null : { [kind]: gone[0].answer };
    const after = answer === null ? null : { [kind]: answer };
    const change = { actor, area: 'file_answer', subject: asked, before, after } as const;
    if (before !== null || after !== null) await logSettings(client, shopId, change);
  });
}

/** The form in which the words of files are compared. */
function foldAsked(kind: FileAnswer['kind'], asked: string): string {
  if (kind === 'payment_method') return foldMethod(asked);
  return kind === 'shipment_column' ? foldHeader(asked) : asked;
}
