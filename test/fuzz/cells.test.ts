import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ParsedOrders, parseOrdersCsv } from '../../server/src/csv/orders/parse-orders.ts';
import { parseShipmentsCsv } from '../../server/src/csv/parse-shipments.ts';
import { fileOf, OTHER } from '../kit/sheets.ts';

/** A mutated cell changes its own meaning, or is told; it never changes another cell's meaning. */
const TRIES = Number(process.env.FUZZ ?? 20_000) / 10;

/** What people, programs and transfers put into a cell, with the characters that make a CSV. */
const spoilt = fc.oneof(
  fc.string({
    unit: fc.constantFrom(',', '"', '\r', '\n', '\t', ';', "'", '=', 'a', '1', '髙'),
    maxLength: 6,
  }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '1.0E+11', '="1"', '\u001a', '\ufeff', '451234567890', '2026/11/20'),
);

/** The cells of one row as they stand in the file, and the mutated one in their place. */
function withCell(rows: readonly string[][], row: number, column: number, cell: string): string {
  const lines = rows.map((cells, r) =>
    cells.map((old, c) => (r === row && c === column ? cell : old)).join(','),
  );
  return `${lines.join('\r\n')}\r\n`;
}

test('a mutated cell of a shipping file never changes another cell’s meaning', () => {
  const head = ['受注コード', 'お届け先番号', '送り状番号', '発送日', '備考'];
  const rows = [
    ['100000000001', '1', '451234567890', '2026/11/20', 'a'],
    ['100000000002', '2', '451234567901', '2026/11/21', '"b,c"'],
    ['100000000003', '1', '451234567912', '2026/11/22', ''],
  ];
  const whole = [head, ...rows];
  const before = parseShipmentsCsv(withCell(whole, -1, -1, '')).shipments;
  expect(before).toHaveLength(rows.length);
  const partOf = ['orderNumber', 'destination', 'trackingNumber', 'shippedOn', ''] as const;
  fc.assert(
    fc.property(fc.nat(2), fc.nat(4), spoilt, (row, column, cell) => {
      const { shipments } = parseShipmentsCsv(withCell(whole, row + 1, column, cell));
      for (const shipment of shipments) {
        const own = before.find(({ line }) => line === before[row]?.line);
        // The row is known by its 受注コード, or by its place if that is the mutated cell.
        const original =
          before.find(({ orderNumber }) => orderNumber === shipment.orderNumber) ?? own;
        for (const part of ['orderNumber', 'destination', 'trackingNumber', 'shippedOn'] as const) {
          const isMutated = original === own && partOf[column] === part;
          if (!isMutated)
            expect(shipment[part], `${row} ${column} ${cell}`).toEqual(original?.[part]);
        }
      }
    }),
    { numRuns: TRIES },
  );
});

/** The facts of each order, as text by path: amounts, people, destinations, products. */
function factsOf({ orders }: ParsedOrders): Map<string, Map<string, string>> {
  const flat = (value: unknown, path: string): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => flat(part, `${path}.${key}`))
      : [[path, String(value)]];
  return new Map(orders.map(({ order }) => [order.orderNumber, new Map(flat(order, ''))]));
}

/** The facts that one column of an order file tells; 氏名(姓) and 氏名(名) are one fact. */
const FACTS_OF_COLUMN = 1;

test('a mutated cell of an order file changes one fact of its own order at most', () => {
  const whole = fileOf([{}, OTHER])
    .trim()
    .split('\r\n')
    .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const before = factsOf(parseOrdersCsv(withCell(whole, -1, -1, '')));
  expect(before.size).toBe(2);
  const width = whole[0]?.length ?? 0;
  fc.assert(
    fc.property(fc.nat(1), fc.nat(width - 1), spoilt, (row, column, cell) => {
      const after = factsOf(parseOrdersCsv(withCell(whole, row + 1, column, cell)));
      for (const [orderNumber, facts] of after) {
        const original = before.get(orderNumber);
        if (original === undefined) continue; // the mutated cell is the order's number
        const changed = [...new Set([...facts.keys(), ...original.keys()])].filter(
          (path) => facts.get(path) !== original.get(path),
        );
        const isOwn = [...before.keys()][row] === orderNumber;
        expect(changed.length, `${column} ${cell}: ${changed.join(' ')}`).toBeLessThanOrEqual(
          isOwn ? FACTS_OF_COLUMN : 0,
        );
      }
    }),
    { numRuns: TRIES },
  );
});
