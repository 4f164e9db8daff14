import type { GatewayFault } from './faults.ts';
import type { Scene } from './scene.ts';

/** Something that somebody wants, and perhaps something that goes wrong. */
export type Scenario = {
  readonly name: string;
  /** What befalls the first calls to F-REGI, in order. */
  readonly planned?: readonly (GatewayFault | null)[];
  /** False where pairs of crashes would be too many to be played. */
  readonly pairs?: false;
  /** Puts it on the stage: what there is, and what will be done. */
  readonly stage: (scene: Scene) => void;
};
