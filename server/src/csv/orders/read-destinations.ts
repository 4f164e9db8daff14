import type { Destination, ProductLine } from '@renkei/core/domain/order/order-details.ts';
import { fieldsOf, type OrderReader } from '../text/columns.ts';
import { joinParts } from '../text/joined.ts';
import { AMOUNT, DATE, QUANTITY, TAX_RATE } from '../text/values.ts';
import type { PricedLine } from './amounts.ts';

/** A product in its row, before the reader knows whether options come on top of its price. */
type Product = PricedLine & { readonly reader: OrderReader; readonly product: ProductLine };

export type DestinationRead = {
  /** The line of its first row in the file, and the line of each product. */
  readonly line: number;
  readonly lines: readonly number[];
  readonly destination: Destination;
  /** 詳細指定事項欄 */
  readonly instructions: string;
};

export function readProduct(reader: OrderReader): Product {
  const { text } = reader;
  const unitPrice = reader.required('unitPrice', AMOUNT);
  const quantity = reader.required('quantity', QUANTITY);
  const product: ProductLine = {
    productCode: [text('productCode'), text('branch')].filter((part) => part !== '').join('-'),
    name: text('productName'),
    variation: joinParts([text('options'), text('variation')]),
    quantity,
    unitPrice,
    taxRate: reader.optional('taxRate', TAX_RATE, 10),
  };
  const optionPrice = reader.optional('optionPrice', AMOUNT, 0);
  return { reader, product, unitPrice, optionPrice, quantity };
}

/** Returns the destinations of an order from the destination columns of its rows. */
export function readDestinations(
  products: readonly Product[],
  withOptions: boolean,
): readonly DestinationRead[] {
  const byCells = Map.groupBy(products, ({ reader }) =>
    JSON.stringify(DESTINATION_FIELDS.map((field) => reader.text(field))),
  );
  return [...byCells.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = group.map(({ product, optionPrice }) =>
      withOptions ? { ...product, unitPrice: product.unitPrice + optionPrice } : product,
    );
    return {
      line: first.reader.line,
      lines: group.map(({ reader }) => reader.line),
      destination: readDestination(first.reader, lines),
      instructions: first.reader.text('instructions'),
    };
  });
}

const DESTINATION_FIELDS = fieldsOf('destination');

function readDestination(reader: OrderReader, lines: ProductLine[]): Destination {
  const { text, optional } = reader;
  return {
    name: joinParts([text('toLastName'), text('toFirstName')]),
    kana: joinParts([text('toLastKana'), text('toFirstKana')]),
    phone: text('toPhone'),
    postalCode: text('toPostalCode'),
    prefecture: text('toPrefecture'),
    address: joinParts([text('toAddress1'), text('toAddress2'), text('toAddress3')]),
    requestedDate: optional('requestedDate', DATE, null),
    requestedTime: text('requestedTime'),
    carrier: text('carrier'),
    trackingNumber: text('trackingNumber'),
    shippedOn: optional('shippedOn', DATE, null),
    lines,
  };
}
