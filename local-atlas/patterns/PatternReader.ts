import { CommandError } from "../errors/CommandError.ts";

/** Reads a pattern from its start to its end. */
export class PatternReader {
  readonly #text: string;
  /** The code of the error that a malformed pattern is. */
  readonly #invalid: number;
  #at = 0;

  constructor(text: string, invalid: number) {
    this.#text = text;
    this.#invalid = invalid;
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next characters, without going on. */
  peek(count: number): string {
    return this.#text.slice(this.#at, this.#at + count);
  }

  /** The next code point. */
  next(): string {
    if (this.isDone) throw this.fail("it ends too early");
    const symbol = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += symbol.length;
    return symbol;
  }

  /** What a sticky expression matches here, and goes on behind it; `null` when it does not match. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  /** The whole text of `match`. */
  skip(expression: RegExp): string | null {
    return this.match(expression)?.[0] ?? null;
  }

  fail(reason: string): CommandError {
    return new CommandError(this.#invalid, `Regular expression is invalid: ${reason}`);
  }
}

/** Refuses what PCRE knows and JavaScript does not. */
export function refuse(feature: string): never {
  throw new CommandError(
    "NotImplemented",
    `${feature} in a regular expression is not supported by this server`,
  );
}
