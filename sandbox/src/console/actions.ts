import { askAtConsole, CONSOLE_OPERATIONS, operateAtConsole } from '../api/operate.ts';
import { driftOf } from '../faults/drift.ts';
import { PACKS } from '../faults/packs.ts';
import { type FaultRule, isFaultRule } from '../faults/rules.ts';
import { readSnapshot } from '../ledger/snapshot.ts';
import { payStoreSlip } from '../payment-page/store-slip-page.ts';
import { DAY_MS } from '../time.ts';
import type { Parameters } from '../wire/form.ts';
import { changeSettings } from './settings-page.ts';
import { isSeen, type View } from './view.ts';

/** The deed of a press at the console; it resolves to the message about it. */
type Action = (view: View, form: Parameters) => Promise<string> | string;

const ACTIONS: Readonly<Record<string, Action>> = {
  transmission: async ({ gateway, signedIn }) =>
    `伝送: ${await gateway.transmit({ shopId: signedIn ?? undefined })}`,
  charge: (view, form) =>
    ask(view, 'salem.cgi', form, { CUSTOMERID: of(form, 'customerId'), PAY: of(form, 'amount') }),
  'charge-many': (view, form) => ask(view, 'csvsalem.cgi', form, { CSVDATA: of(form, 'csv') }),
  'leave-customer': (view, form) =>
    ask(view, 'leavecustomer.cgi', form, { CUSTOMERID: of(form, 'customerId') }),
  'cancel-issue': cancelIssue,
  settings: changeSettings,
  'pay-slip': paySlip,
  faults: addRule,
  'faults-clear': ({ gateway, words }) => {
    gateway.faults.set([]);
    return words.done;
  },
  clock: moveClock,
  'clock-stop': ({ gateway, words }) => gateway.stopClock(true).then(() => words.done),
  'clock-go': ({ gateway, words }) => gateway.stopClock(false).then(() => words.done),
  reset: async ({ gateway, words }, form) => {
    const seed = of(form, 'seed');
    await gateway.reset(/^\d{1,15}$/.test(seed) ? Number(seed) : undefined);
    return words.done;
  },
  restore,
};

/** Carries a press out. */
export async function act(view: View, path: readonly string[], form: Parameters): Promise<string> {
  const [first = '', second] = path;
  if (second === undefined) {
    const action = Object.hasOwn(ACTIONS, first) ? ACTIONS[first] : undefined;
    return action === undefined ? `404: ${view.words.nothing}` : action(view, form);
  }
  if (first === 'drift') return drift(view, second, form);
  if (first === 'pack') return usePack(view, second);
  return operate(view, first, second, of(form, 'amount'));
}

async function operate(
  view: View,
  seqno: string,
  operation: string,
  amount: string,
): Promise<string> {
  const found = view.gateway.ledger.transactions.get(seqno);
  const isKnown = Object.hasOwn(CONSOLE_OPERATIONS, operation);
  if (found === undefined || !isKnown || !isSeen(view)(found)) return `404: ${view.words.nothing}`;
  const lines = await operateAtConsole(view.gateway, seqno, operation, amount);
  return lines === null ? `404: ${view.words.nothing}` : `${seqno}: ${lines.join(' ')}`;
}

async function drift(view: View, kind: string, form: Parameters): Promise<string> {
  const seqno = of(form, 'seqno');
  const found = view.gateway.ledger.transactions.get(seqno);
  if (found === undefined || !isSeen(view)(found)) return `404: ${view.words.nothing}`;
  const made = driftOf(view.gateway, kind, { seqno });
  if ('wrong' in made) return made.wrong[view.language];
  const { faults } = view.gateway;
  if (made.rules.length > 0) faults.set([...made.rules, ...faults.rules]);
  await view.gateway.record(made.events);
  return `${kind}: ${seqno}`;
}

function usePack({ gateway, words }: View, name: string): string {
  const pack = Object.hasOwn(PACKS, name) ? PACKS[name] : undefined;
  if (pack === undefined) return `404: ${words.nothing}`;
  gateway.faults.set(pack.rules);
  return `${words.done}: ${name}`;
}

async function ask(
  view: View,
  cgi: string,
  form: Parameters,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const shopId = of(form, 'shopId');
  if (view.gateway.shop(shopId) === null || !isSeen(view)({ shopId }))
    return `404: ${view.words.nothing}`;
  return (await askAtConsole(view.gateway, cgi, shopId, parameters)).join(' ');
}

async function cancelIssue(view: View, form: Parameters): Promise<string> {
  const issue = view.gateway.ledger.issues.get(of(form, 'settleno'));
  if (issue === undefined || !isSeen(view)(issue)) return `404: ${view.words.nothing}`;
  const { shopId, settleno } = issue;
  return (
    await askAtConsole(view.gateway, 'compsettlecancel.cgi', shopId, { SETTLENO: settleno })
  ).join(' ');
}

async function paySlip(view: View, form: Parameters): Promise<string> {
  const slip = view.gateway.ledger.slips.get(of(form, 'seqno'));
  if (slip === undefined || !isSeen(view)(slip)) return `404: ${view.words.nothing}`;
  const paid = await payStoreSlip(view.gateway, slip);
  return paid === null ? `NG ${slip.seqno}` : `${view.words.paid}: ${slip.seqno}`;
}

function addRule({ gateway, words }: View, form: Parameters): string {
  const numbers = ['share', 'times', 'delayMs'].flatMap((name) =>
    of(form, name) === '' ? [] : [[name, Number(of(form, name))] as const],
  );
  const texts = ['kind', 'cgi', 'code', 'text'].flatMap((name) =>
    of(form, name) === '' ? [] : [[name, of(form, name)] as const],
  );
  const rule: unknown = Object.fromEntries([...texts, ...numbers]);
  if (!isFaultRule(rule)) return `NG: ${JSON.stringify(rule)}`;
  const rules: FaultRule[] = [...gateway.faults.rules, rule];
  gateway.faults.set(rules);
  return words.done;
}

async function moveClock({ gateway, words }: View, form: Parameters): Promise<string> {
  const days = Number(of(form, 'days') || 0);
  const minutes = Number(of(form, 'minutes') || 0);
  const byMs = days * DAY_MS + minutes * 60_000;
  if (!Number.isFinite(byMs) || Math.abs(byMs) > 3_650 * DAY_MS) return `NG: ${days}, ${minutes}`;
  await gateway.moveClock(byMs);
  return words.done;
}

async function restore({ gateway, words }: View, form: Parameters): Promise<string> {
  let value: unknown = null;
  try {
    value = JSON.parse(of(form, 'snapshot'));
  } catch {
    return 'NG: JSON';
  }
  const events = readSnapshot(value);
  if (events === null) return `NG: ${words.snapshot}`;
  await gateway.record([{ kind: 'reset' }, ...events]);
  return `${words.done}: ${events.length}`;
}

function of(form: Parameters, name: string): string {
  return form.get(name) ?? '';
}
