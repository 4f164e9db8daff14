import { type Deed, sendCardholders } from './cardholders.ts';
import type { Scenario } from './scenario.ts';
import { AUTHORIZE, PAY, placeOne, pressAfter, REF } from './stages.ts';

/** Y2: F-REGI wants the cardholder to confirm an authorization by a token. */
const BY_TOKEN = { ...AUTHORIZE, cardToken: 'token-1' };
/** After the time to confirm is over. */
const LATER_MS = 25 * 60_000;

function cardholder(deed: Deed, more: Pick<Scenario, 'planned'> = {}): Scenario {
  const name = `cardholder ${deed}${more.planned === undefined ? '' : ', answer lost'}`;
  return {
    name,
    ...more,
    pairs: false,
    stage(scene) {
      placeOne(scene, REF, null);
      sendCardholders(scene, () => deed);
      pressAfter(scene, 1_000, REF, BY_TOKEN);
      pressAfter(scene, LATER_MS, REF, PAY);
    },
  };
}

export const SCENARIOS_OF_CARDHOLDERS: readonly Scenario[] = [
  cardholder('confirms'),
  cardholder('confirms', { planned: ['lost_answer'] }),
  cardholder('confirms late'),
  cardholder('confirms, and is not heard of'),
  cardholder('confirms, and returns twice'),
  cardholder('gives up'),
  cardholder('does nothing'),
  cardholder('says OK, and does nothing'),
  cardholder('says NG, and confirms'),
];
