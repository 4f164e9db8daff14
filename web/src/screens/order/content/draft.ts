import { CHARGED, DEDUCTED, type EditContent, type OrderView } from '@renkei/contract';
import { normalized, parseYen } from '../../../ui/browser/format.ts';

/** The amounts added to the products, and those taken off; 商品合計 follows from the products. */
export const CHARGES = CHARGED.filter((part) => part !== 'items');
export const DEDUCTIONS = DEDUCTED;
const FIELDS = [...CHARGES, ...DEDUCTIONS];
export type AmountField = (typeof FIELDS)[number];

type OrderLine = OrderView['details']['destinations'][number]['lines'][number];
export const TAX_RATES = [10, 8, 0] as const satisfies readonly OrderLine['taxRate'][];

/** A product in the form. The operator can restore a struck product until the edit is saved. */
export type LineDraft = Omit<OrderLine, 'quantity' | 'unitPrice'> & {
  readonly key: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly struck: boolean;
  /** Added in the form: the operator types its name and code. */
  readonly isNew: boolean;
};

/** 受注内容 in the form: no typed text is lost until the operator saves or discards the edit. */
export type ContentDraft = {
  /** The products of every destination, in their order. */
  readonly lines: readonly (readonly LineDraft[])[];
  readonly amounts: Readonly<Record<AmountField, string>>;
};

/** The content of an order, or of an application. */
export type EditedContent = Pick<OrderView, 'details' | 'amounts'>;

export function draftOf({ details, amounts }: EditedContent): ContentDraft {
  const entries = FIELDS.map((field) => [field, String(amounts[field])] as const);
  return {
    lines: details.destinations.map(({ lines }, destination) =>
      lines.map((line, index) => ({
        ...line,
        key: `${destination}-${index}`,
        quantity: String(line.quantity),
        unitPrice: String(line.unitPrice),
        struck: false,
        isNew: false,
      })),
    ),
    amounts: Object.fromEntries(entries) as Record<AmountField, string>,
  };
}

let added = 0;

export function newLine(): LineDraft {
  added += 1;
  return {
    key: `new-${added}`,
    productCode: '',
    name: '',
    variation: '',
    quantity: '1',
    unitPrice: '',
    taxRate: 10,
    struck: false,
    isNew: true,
  };
}

/** The errors of a typed product, field by field. */
export function wrongIn({ name, quantity, unitPrice }: LineDraft) {
  return {
    name: name.trim() === '',
    quantity: parseQuantity(quantity) === null,
    unitPrice: parseYen(unitPrice) === null,
  };
}

/** True for an added product without any typed text: the form ignores it. */
function isBlank({ isNew, name, productCode, unitPrice, quantity }: LineDraft): boolean {
  return isNew && name + productCode + unitPrice === '' && quantity === '1';
}

const QUANTITY_MAX = 99_999;

function parseQuantity(text: string): number | null {
  const plain = normalized(text);
  const quantity = /^\d{1,5}$/.test(plain) ? Number(plain) : 0;
  return quantity >= 1 && quantity <= QUANTITY_MAX ? quantity : null;
}

/** `wrong`: a text is no product or no amount. `empty`: a destination has no product. */
export type Parsed =
  | { readonly kind: 'wrong' | 'empty' | 'same' }
  | { readonly kind: 'edit'; readonly edit: EditContent };

/** The draft as the API takes it: the changed values only. */
export function parseDraft(draft: ContentDraft, content: EditedContent): Parsed {
  const kept = draft.lines.map((lines) => lines.filter((line) => !line.struck && !isBlank(line)));
  const isWrong = kept.flat().some((line) => Object.values(wrongIn(line)).includes(true));
  const amounts = FIELDS.map((field) => [field, parseYen(draft.amounts[field])] as const);
  if (isWrong || amounts.some(([, yen]) => yen === null)) return { kind: 'wrong' };
  if (kept.some((lines) => lines.length === 0)) return { kind: 'empty' };

  const lines = kept.map((ofDestination) => ofDestination.map(lineOf));
  const before = content.details.destinations.map((destination) => destination.lines);
  const changed = amounts.filter(([field, yen]) => yen !== content.amounts[field]);
  const linesChanged = !isSame(lines, before);
  if (!linesChanged && changed.length === 0) return { kind: 'same' };
  const edit = { amounts: Object.fromEntries(changed), ...(linesChanged && { lines }) };
  return { kind: 'edit', edit };
}

function lineOf({
  productCode,
  name,
  variation,
  quantity,
  unitPrice,
  taxRate,
}: LineDraft): OrderLine {
  const numbers = { quantity: parseQuantity(quantity) ?? 0, unitPrice: parseYen(unitPrice) ?? 0 };
  return { productCode: productCode.trim(), name: name.trim(), variation, taxRate, ...numbers };
}

function isSame(lines: readonly OrderLine[][], before: readonly (readonly OrderLine[])[]): boolean {
  const plain = (all: readonly (readonly OrderLine[])[]) =>
    JSON.stringify(
      all.map((one) =>
        one.map((line) => [
          line.productCode,
          line.name,
          line.variation,
          line.quantity,
          line.unitPrice,
          line.taxRate,
        ]),
      ),
    );
  return plain(lines) === plain(before);
}
