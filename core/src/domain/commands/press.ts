import type { PaymentKind } from '../order/states.ts';
import type { CommandBoxes, Deed } from './permissions.ts';

/** The effect of pressing a remedy. Only a command reaches F-REGI's money. */
export type Press =
  /** Gives the command to the order. */
  | { readonly kind: 'command'; readonly command: PressedCommand }
  /** Opens the command's form: an operator first fills in the fields in `asks`. */
  | { readonly kind: 'form'; readonly command: PressedCommand; readonly asks: readonly string[] }
  /** Opens a part of the order's page. */
  | { readonly kind: 'place'; readonly place: OrderPart; readonly deed: Deed }
  /** Opens the form of the last failed command again. */
  | { readonly kind: 'again' }
  /** Looks at F-REGI, which changes nothing there. */
  | { readonly kind: 'look'; readonly deed: Deed }
  /** Reloads the order. */
  | { readonly kind: 'reload' }
  /** Opens the shop's settings. */
  | { readonly kind: 'settings'; readonly deed: Deed }
  /** Opens F-REGI's own console. */
  | { readonly kind: 'console' };

/** The parts of the order's page that are not a command's form. */
export type OrderPart = 'review' | 'operation' | 'proposal' | 'mails' | 'health';

/** The part of a command that its remedy sets; an absent box is off. */
export type PressedCommand = CommandBoxes & {
  readonly paymentKind?: PaymentKind;
  readonly paymentMethod?: string;
  readonly withoutGateway?: boolean;
  readonly amount?: 'authorized';
};
