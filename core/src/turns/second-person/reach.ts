import type { Command } from '../../domain/commands/command.ts';
import type { Decision } from '../../domain/commands/decision.ts';
import {
  type Draw,
  isAboveLimit,
  limitedBy,
  NO_LIMITS,
  NOTHING_DRAWN,
} from '../../domain/limits/limits.ts';
import type { ProposalEvent } from '../../domain/order/proposal.ts';
import { type Instant, jstDateOf } from '../../domain/values/jst.ts';
import type { Actor, Page } from '../operation.ts';

/** Somebody who gives a command; `memberSince`: since when they have worked in the shop. */
export type Giver = {
  readonly actor: Actor;
  readonly command: Command;
  readonly memberSince?: Instant | null;
};

const HOUR_MS = 60 * 60 * 1000;

/**
 * What a decision means for the shop's limits: it counts towards the day of whoever gives it
 * (`draw`), or it has to wait for a second person (`waits`).
 */
export type Reach = {
  readonly draw: Draw | null;
  readonly waits: Extract<ProposalEvent, { kind: 'command_proposed' }> | null;
};

const ALONE: Reach = { draw: null, waits: null };

/**
 * Judges a decision by the shop's limits. The schedule is nobody, and counts for nobody; an agreed
 * command counts for nobody either, because two answer for it.
 */
export function reachOf(page: Page, { command, actor }: Giver, decision: Decision): Reach {
  const { order, now, settings, drawn = NOTHING_DRAWN } = page;
  const limited = limitedBy(order, decision);
  if (limited === null || actor.kind === 'system' || command.kind === 'agree_to_proposal') {
    return ALONE;
  }
  const rule = settings.limits ?? NO_LIMITS;
  const on = jstDateOf(now);
  if (!isAboveLimit(limited, drawn, rule, on)) {
    return { draw: { ...limited, n: drawn.last + 1, on }, waits: null };
  }
  const by = { id: actor.id, name: actor.name };
  const until = now + rule.hours * HOUR_MS;
  return {
    draw: null,
    waits: { kind: 'command_proposed', command, limited, by, at: now, until },
  };
}
