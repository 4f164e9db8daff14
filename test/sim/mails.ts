import type { DueMail, Post, Posted } from '../../core/src/ports/mails.ts';
import { Outbox } from '../../server/src/workers/outbox.ts';
import type { Checks } from './checks.ts';
import type { PostFault } from './faults.ts';
import type { KeptMail } from './kept-mail.ts';
import { count } from './labels.ts';
import type { OpenService } from './process.ts';
import type { Stage } from './stage.ts';

export function outboxService(scene: Stage): OpenService {
  const { store, mails, marks, kernel } = scene;
  return ({ reach, wait, world, onError }) => {
    const send: Post['send'] = (mail) =>
      wait('post send', (tell) => post(scene, mail, (posted) => tell(() => posted)));
    const outbox = new Outbox({
      mails: reach('mails', mails),
      post: { send },
      marks,
      stopwatch: world.stopwatch,
      onError,
    });
    const isDue = () => store.mails.some((mail) => dueAtOf(mail) <= kernel.now);
    return { round: async () => (isDue() ? outbox.round() : 0) };
  };
}

/** Returns when a process should look at a mail again; infinity when the mail has ended. */
export function dueAtOf({ state, dueAt }: KeptMail): number {
  return state === 'queued' || state === 'sending' ? dueAt : Number.POSITIVE_INFINITY;
}

/** Delivers a mail or loses it; the sender need not live to hear of it. */
function post(scene: Stage, mail: DueMail, tell: (posted: Posted) => void): void {
  const { kernel, faults } = scene;
  const { random } = kernel;
  scene.judge(MAILS_AT_SENDING, mail);
  const fault = faults.ofPost('post send');
  const backMs = fault === 'post_slow' ? random.int(60_000, 400_000) : random.int(20, 3_000);
  const isGone = fault !== null && NOT_DELIVERED.includes(fault);
  if (!isGone) kernel.after(random.int(1, 1_000), () => deliver(scene, mail));
  kernel.after(backMs, () => tell(SAID[fault ?? 'nothing']));
}

const NOT_DELIVERED: readonly string[] = ['post_refused', 'post_later', 'post_lost'];
const SAID: Readonly<Record<PostFault | 'nothing', Posted>> = {
  nothing: { kind: 'sent' },
  post_slow: { kind: 'sent' },
  post_refused: { kind: 'refused', error: '550 no such mailbox' },
  post_later: { kind: 'later', error: '451 try again later' },
  post_lost: { kind: 'unknown', error: 'connection closed' },
  post_untold: { kind: 'unknown', error: 'time-out' },
};

function deliver(scene: Stage, { id, kind }: DueMail): void {
  const { kernel, delivered } = scene;
  delivered.set(id, (delivered.get(id) ?? 0) + 1);
  kernel.note('post', `delivers ${kind} ${id}`);
}

/** Checked at every mail that leaves. */
const MAILS_AT_SENDING: Checks<[mail: DueMail]> = {
  'INV-17: a mail that was told as unknown is not sent any more': ({ store }, { id }) => {
    const state = store.mails.find((mail) => mail.id === id)?.state;
    return state === undefined || state === 'sending' ? null : `mail ${id} is sent, and ${state}`;
  },
};

export const MAILS_AT_REST: Checks<[]> = {
  'INV-17: a mail is delivered once at the most': ({ delivered }) => {
    const twice = [...delivered].find(([, times]) => times > 1);
    return twice === undefined ? null : `mail ${twice[0]} was delivered ${twice[1]} times`;
  },
  'INV-17: what is told of a mail is what became of it, or that nobody knows': ({
    store,
    delivered,
  }) => {
    for (const { id, state } of store.mails) {
      const isThere = delivered.has(id);
      if (state === 'queued' || state === 'sending') return `mail ${id} is lost in ${state}`;
      if (state === 'sent' && !isThere)
        return `mail ${id} was never delivered, and is told as sent`;
      if (state === 'failed' && isThere) return `mail ${id} was delivered, and is told as failed`;
    }
    return null;
  },
  'C8: an order counts the mails that were sent': ({ store }) => {
    for (const [name, order] of store.orders) {
      const sent = store.mails.filter(
        ({ shopId, orderNumber, kind, state }) =>
          `${shopId}/${orderNumber}` === name &&
          kind === 'payment_confirmation' &&
          state === 'sent',
      );
      const { sentCount } = order.paymentMail;
      if (sentCount !== sent.length) return `${name}: ${sentCount} counted, ${sent.length} sent`;
    }
    return null;
  },
};

export function countMails({ store, labels }: Stage): void {
  for (const { state } of store.mails) count(labels, `mail: ${state}`);
}
