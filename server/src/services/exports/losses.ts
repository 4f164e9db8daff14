import { proposalFor } from '../../csv/text/cp932.ts';
import type { Bilingual } from '../../csv/text/messages.ts';

/** A cell that cannot be written as it is. */
export type ExportLoss = {
  /** The line of the file, from 1; the header is the first. */
  readonly line: number;
  readonly orderNumber: string;
  readonly column: string;
  readonly value: string;
  readonly cause: /** CP932 lacks these. */
    | { readonly kind: 'characters'; readonly characters: readonly string[] }
    /** The receiving program takes fewer bytes. */
    | { readonly kind: 'length'; readonly bytesMax: number }
    /** The receiving program has no place for the value. */
    | { readonly kind: 'meaning'; readonly message: Bilingual };
};

/** A character that CP932 lacks, the number of its orders, and what may stand in its place. */
export type LostCharacter = {
  readonly character: string;
  readonly orders: number;
  readonly proposal: string | null;
};

const LOSSES_MAX = 1_000;

/** The losses of a file: the first thousand cells, all orders, and all characters. */
export class Losses {
  readonly #cells: ExportLoss[] = [];
  readonly #orders = new Set<string>();
  readonly #characters = new Map<string, Set<string>>();

  add(losses: readonly ExportLoss[]): void {
    for (const loss of losses) {
      const { orderNumber, cause } = loss;
      if (this.#cells.length < LOSSES_MAX) this.#cells.push(loss);
      this.#orders.add(orderNumber);
      if (cause.kind !== 'characters') continue;
      for (const character of cause.characters) {
        const known = this.#characters.get(character);
        if (known === undefined) this.#characters.set(character, new Set([orderNumber]));
        else known.add(orderNumber);
      }
    }
  }

  get cells(): readonly ExportLoss[] {
    return this.#cells;
  }

  get orders(): readonly string[] {
    return [...this.#orders];
  }

  get characters(): readonly LostCharacter[] {
    return [...this.#characters].map(([character, orders]) => {
      return { character, orders: orders.size, proposal: proposalFor(character) };
    });
  }
}

/** Says why a cell cannot be written, and what to do. */
export function messageOf({ cause }: ExportLoss): Bilingual {
  switch (cause.kind) {
    case 'characters':
      return {
        ja: `「${cause.characters.map(shown).join('」「')}」はShift_JISで表せません`,
        en: `“${cause.characters.map(shown).join('”, “')}” cannot be written in Shift_JIS`,
      };
    case 'length':
      return {
        ja: `長すぎます（半角${cause.bytesMax}文字、全角${Math.floor(cause.bytesMax / 2)}文字まで）`,
        en: `too long (up to ${cause.bytesMax} bytes)`,
      };
    case 'meaning':
      return cause.message;
    default:
      return cause satisfies never;
  }
}

/** A character that nobody sees is told by its code point. */
function shown(character: string): string {
  return /[\p{C}\p{Z}\p{M}]/u.test(character) ? codePointOf(character) : character;
}

/** U+20BB7 */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
