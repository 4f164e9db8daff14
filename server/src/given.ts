import { hostUrls } from './store/db/hosts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with the problems found in it so far. */
export class Given {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Null if the variable is not set, or empty. */
  text(name: string): string | null {
    return this.#environment[name] || null;
  }

  /** One URL, or several hosts of a database; null if it is not set, or wrong. */
  url(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name);
    const each = text === null ? [] : hostUrls(text);
    if (each.every((one) => protocols.includes(protocolOf(one)))) return text;
    this.problems.push(`${name} must be a URL that begins with ${protocols.join('// or ')}//`);
    return null;
  }

  number(name: string, usual: number, [least, most]: readonly [number, number]): number {
    const number = Number(this.text(name) ?? usual);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    this.problems.push(`${name} must be a number from ${least} to ${most}`);
    return usual;
  }
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}
