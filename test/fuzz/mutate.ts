import type { Random } from '../sim/random.ts';

/** Spoils bytes as lines, programs and people spoil them. */
export function mutate(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  let spoilt = [...bytes];
  for (let times = random.int(1, 4); times > 0; times -= 1) {
    const at = random.int(0, Math.max(spoilt.length - 1, 0));
    spoilt = SPOIL[random.int(0, SPOIL.length - 1)]?.(spoilt, at, others, random) ?? spoilt;
  }
  return Uint8Array.from(spoilt);
}

type Spoil = (
  bytes: number[],
  at: number,
  others: readonly Uint8Array[],
  random: Random,
) => number[];

const SPOIL: readonly Spoil[] = [
  (bytes, at, _, random) => bytes.toSpliced(at, 1, random.int(0, 255)),
  (bytes, at, _, random) =>
    bytes.map((byte, i) => (i === at ? byte ^ (1 << random.int(0, 7)) : byte)),
  (bytes, at, _, random) => bytes.toSpliced(at, 0, random.int(0, 255)),
  (bytes, at, _, random) => bytes.toSpliced(at, random.int(1, 5)),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at) => bytes.slice(at),
  // A digit becomes another digit: still a number, but a wrong one.
  (bytes, at, _, random) =>
    bytes.map((byte, i) =>
      i >= at && i < at + 3 && isDigit(byte) ? 0x30 + random.int(0, 9) : byte,
    ),
  // Doubles a line, drops a line, swaps two lines.
  (bytes) => lines(bytes, (all) => [...all, ...all.slice(0, 1)]),
  (bytes, _at, _others, random) => lines(bytes, (all) => all.toSpliced(random.int(0, 3), 1)),
  (bytes) => lines(bytes, (all) => [all[1] ?? [], all[0] ?? [], ...all.slice(2)]),
  (bytes, at, others, random) => [...bytes.slice(0, at), ...random.pick(others)],
  (bytes) => bytes.flatMap((byte) => (byte === 0x0a ? [0x0d, 0x0a] : [byte])),
  (bytes) => [0xef, 0xbb, 0xbf, ...bytes],
  (bytes, at, _, random) =>
    bytes.toSpliced(at, 0, ...(TOKENS[random.int(0, TOKENS.length - 1)] ?? [])),
];

const TOKENS: readonly (readonly number[])[] = [
  '\n',
  '\n\n',
  ' ',
  '\t',
  '\0',
  'OK',
  'NG\n',
  '<html>',
  ',',
  '"',
  '-1',
  '1e3',
  '９',
  '=1+1',
].map((token) => [...new TextEncoder().encode(token)]);

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function lines(bytes: number[], change: (all: number[][]) => number[][]): number[] {
  const all: number[][] = [[]];
  for (const byte of bytes) {
    if (byte === 0x0a) all.push([]);
    else all.at(-1)?.push(byte);
  }
  return change(all).flatMap((line, index) => (index === 0 ? line : [0x0a, ...line]));
}
