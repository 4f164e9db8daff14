import type { LedgerActor, NoticeKind } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Numbers } from '../numbers.ts';
import type { SandboxShop } from '../shops.ts';
import type { Parameters } from '../wire/form.ts';

/** A CGI's answer, and its effect on the ledger. An outcome without events does nothing. */
export type CgiOutcome = {
  readonly lines: readonly string[];
  readonly events: readonly LedgerEvent[];
  /** The notices to the shop, if it has asked for them (protocol §8). */
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
  /** The actor: a shop over the wire, a customer in the browser, a person at the console. */
  readonly by: LedgerActor;
  /** 売上処理期限, days from the authorization. */
  readonly captureDays: number;
  readonly numbers: Numbers;
  /** The address under which a browser finds this sandbox, like `http://127.0.0.1:4181`. */
  readonly origin: string;
  /** True if the request was a POST, which csvsalem requires. */
  readonly posted: boolean;
};

export type Endpoint = (parameters: Parameters, situation: Situation) => CgiOutcome;

/** The name of a process in its sentences, and the first parts of its codes (protocol §5). */
export type Process = { readonly name: string; readonly code: string };

/** An NG that does nothing. Card CGIs answer it in one line, CODE(message) (protocol §1). */
export function refuse(code: string, text: string): CgiOutcome {
  return { lines: ['NG', `${code}(${text})`], events: [] };
}

/** An NG of a redirect CGI: code and message are lines of their own (protocol §1). */
export function refuseInTwoLines(code: string, text: string): CgiOutcome {
  return { lines: ['NG', code, text], events: [] };
}

/** Returns a parameter's value; an empty one counts as left out. */
export function given(parameters: Parameters, name: string): string | null {
  return parameters.get(name) || null;
}

/** Returns an unused number of 20 digits, for a transaction, an issue or a slip. */
export function newTwenty({ ledger, numbers, now }: Situation): string {
  return numbers.twenty(
    now,
    (number) =>
      ledger.transactions.has(number) || ledger.issues.has(number) || ledger.slips.has(number),
  );
}
