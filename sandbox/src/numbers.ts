import { Dice } from './dice.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const COUNTED = 10_000_000;

/**
 * The numbers that the gateway gives out. They follow from the seed and the clock alone, so that
 * the same requests get the same answers again, byte for byte.
 */
export class Numbers {
  readonly #dice: Dice;
  #count: number;

  constructor(seed: number) {
    this.#dice = new Dice(seed);
    this.#count = this.#dice.below(COUNTED);
  }

  /**
   * Returns a 取引番号 or 発行番号 of 20 digits (protocol §1): the instant, then a count. A process counts
   * every number only once; `isTaken` knows those of processes before it.
   */
  twenty(now: number, isTaken: (number: string) => boolean): string {
    for (;;) {
      this.#count = (this.#count + 1) % COUNTED;
      const count = String(this.#count).padStart(7, '0');
      const number = `${Math.max(0, Math.floor(now))}${count}`.padStart(20, '0');
      if (!isTaken(number)) return number;
    }
  }

  /** Returns an approval code: six letters and digits, case-sensitive (protocol §4.1). */
  authCode(): string {
    return this.#pick(6, LETTERS);
  }

  /** Returns a name that nobody guesses by counting: for a token, a challenge, a notice. */
  key(length = 32): string {
    return this.#pick(length, HEX);
  }

  /** Returns the number of a convenience store's slip: `length` digits, the first not zero. */
  digits(length: number): string {
    return `${1 + this.#dice.below(9)}${this.#pick(length - 1, '0123456789')}`;
  }

  #pick(length: number, from: string): string {
    let text = '';
    for (let at = 0; at < length; at += 1) text += from[this.#dice.below(from.length)];
    return text;
  }
}
