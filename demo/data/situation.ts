/** The situation of an order. The shares fit a busy shop that works well. */
export const SITUATIONS = {
  unpaid_card: 30,
  unpaid_card_edited: 4,
  unpaid_other: 8,
  paid: 14,
  completed: 34,
  on_hold: 3,
  preorder: 3,
  validated: 1,
  authorization_failed: 1,
  capture_failed: 0.5,
  voided: 2,
  refunded: 1,
  refunded_transmitted: 1,
} as const;

export type Situation = keyof typeof SITUATIONS;
