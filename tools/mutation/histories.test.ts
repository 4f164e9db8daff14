import { expect, test } from 'vitest';
import { plan, SCENARIOS } from '../../test/sim/scenarios.ts';
import { Scene } from '../../test/sim/scene.ts';
import { MINUTE_MS } from '../../test/sim/stage.ts';
import { play } from '../../test/sim/world.ts';

/** A short simulation in the thread of the mutant. */
test.each(SCENARIOS)('undisturbed, the scenario $name breaks no invariant', async (scenario) => {
  for (const inquiry of ['full', 'partial', 'none'] as const) {
    const scene = new Scene({ seed: 1, planned: scenario.planned ?? [], inquiry });
    plan(scene, scenario);
    await scene.play(2 * MINUTE_MS);
    expect(scene.violation).toBeNull();
  }
});

test('a hundred histories break no invariant', async () => {
  for (let seed = 1; seed <= 100; seed += 1) expect((await play(seed)).violation).toBeNull();
});
