import type { Yen } from '../values/yen.ts';

/** A quantity of a product. */
export type StockItem = {
  readonly productCode: string;
  readonly variation: string;
  readonly quantity: number;
};

/**
 * A movement outside of Renkei by a change of status (V6) or an edit (O4): other systems keep stock
 * and points, and read the movement from here. One point is worth one yen.
 */
export type Movement =
  | {
      readonly of: 'stock';
      readonly direction: 'returned' | 'taken';
      readonly items: readonly StockItem[];
    }
  | { readonly of: 'points'; readonly direction: 'returned' | 'taken'; readonly points: Yen };
