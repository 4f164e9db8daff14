import type { GatewayFault } from './faults.ts';
import type { Scene } from './scene.ts';

/** A wish of somebody, and perhaps a fault. */
export type Scenario = {
  readonly name: string;
  /** The faults of the first calls to F-REGI, in order. */
  readonly planned?: readonly (GatewayFault | null)[];
  /** False if there are too many pairs of crashes to play. */
  readonly pairs?: false;
  /** Sets the stage: the orders, and the presses to come. */
  readonly stage: (scene: Scene) => void;
};
