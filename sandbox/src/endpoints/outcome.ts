import type { Actor, NoticeKind } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Numbers } from '../numbers.ts';
import type { SandboxShop } from '../shops.ts';
import type { Parameters } from '../wire/form.ts';

/** What a CGI answers, and what it does to the ledger. Nothing is done unless it says so. */
export type Outcome = {
  readonly lines: readonly string[];
  readonly events: readonly LedgerEvent[];
  /** What the shop is to be told by a notice, if it has asked for one (protocol §8). */
  readonly notices?: readonly NoticeDraft[];
};

export type NoticeDraft = {
  readonly kind: NoticeKind;
  readonly values: Readonly<Record<string, string>>;
};

export type Situation = {
  readonly ledger: Ledger;
  readonly shop: SandboxShop;
  readonly shopId: string;
  /** Milliseconds since 1970 UTC, by the sandbox's clock. */
  readonly now: number;
  /** Who does it: a shop over the wire, a customer in the browser, a person at the console. */
  readonly by: Actor;
  /** 売上処理期限, days from the authorization. */
  readonly captureDays: number;
  readonly numbers: Numbers;
  /** Where a browser finds this sandbox, as `http://127.0.0.1:4181`. */
  readonly origin: string;
  /** Whether the request was a POST, which csvsalem wants. */
  readonly posted: boolean;
};

export type Endpoint = (parameters: Parameters, situation: Situation) => Outcome;

/** The name of a process in its sentences, and the first parts of its codes (protocol §5). */
export type Process = { readonly name: string; readonly code: string };

/** An NG that does nothing. Card CGIs say it in one line, CODE(message) (protocol §1). */
export function refuse(code: string, text: string): Outcome {
  return { lines: ['NG', `${code}(${text})`], events: [] };
}

/** An NG of a redirect CGI: code and message are lines of their own (protocol §1). */
export function refuseInTwoLines(code: string, text: string): Outcome {
  return { lines: ['NG', code, text], events: [] };
}

/** A parameter's value; one that is empty counts as left out. */
export function given(parameters: Parameters, name: string): string | null {
  return parameters.get(name) || null;
}

/** An unused number of 20 digits, of a transaction, an issue or a slip. */
export function newTwenty({ ledger, numbers, now }: Situation): string {
  return numbers.twenty(
    now,
    (number) =>
      ledger.transactions.has(number) || ledger.issues.has(number) || ledger.slips.has(number),
  );
}
