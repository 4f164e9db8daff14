import { expect, test } from 'vitest';
import { readTable } from '../../../test/kit/table.ts';
import { compared, factsOf } from './scenes.ts';

const TABLE = readTable(
  `
  order                                  | seen                        → differs

  # the differing values are marked
  paid authorized                        | -                           → payment
  captured_untransmitted                 | -                           → payment
  captured_untransmitted 5,000           | -                           → payment amount
  voided                                 | -                           → status
  cancelled authorized                   | -                           → status
  bank_transfer authorized               | -                           → method
  capture_failed paid                    | -                           → payment
  capture_failed                         | -                           → status
  captured_untransmitted paid held=8,000 | -                           → amount
  # if both sides say 承認済, the time is marked
  authorized                             | days:58                     → time
  # our F-REGI status is marked, too, if it is behind
  authorized                             | own:captured_untransmitted  → payment state
  authorized                             | own:voided                  → status state
  authorized                             | own:voided same:authorized  → status seqno state
  # M5: so is the amount where the console has made it another one
  authorized                             | own:voided other:authorized → status seqno amount state
  `,
  { order: String, seen: String, differs: String },
);

for (const { title, order, seen, differs } of TABLE) {
  test(title, () => {
    expect(compared(factsOf(order, seen))[0]?.differs.join(' ')).toBe(differs);
  });
}
