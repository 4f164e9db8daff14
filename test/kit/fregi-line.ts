import { type CallEnd, type FregiContract, FregiLine } from '../../server/src/fregi/line.ts';

/** Opens a line to F-REGI for every shop by one contract; keeps the ends of its calls in `ends`. */
export function lineTo(contract: FregiContract, ends: CallEnd[] = []): FregiLine {
  return new FregiLine(
    () => Promise.resolve(contract),
    (end) => void ends.push(end),
  );
}
