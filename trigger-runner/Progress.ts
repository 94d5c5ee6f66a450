interface Step<Token> {
  readonly token: Token;
  finished: boolean;
}

/**
 * Knows how far a stream is done when its events are handled out of order: the last token before which nothing is
 * still running. A restart there repeats events but loses none.
 */
export class Progress<Token> {
  readonly #steps: Step<Token>[] = [];
  readonly #onAdvance: (token: Token) => void;

  /** @param onAdvance is told each new token up to which everything is finished. */
  constructor(onAdvance: (token: Token) => void) {
    this.#onAdvance = onAdvance;
  }

  /** Notes an event that is being handled. Call the answer when it is finished. */
  begin(token: Token): () => void {
    const step = { token, finished: false };
    this.#steps.push(step);
    return () => {
      step.finished = true;
      this.#advance();
    };
  }

  /** Notes that the stream itself has come to a token, with no event there. */
  reach(token: Token): void {
    this.begin(token)();
  }

  #advance(): void {
    const running = this.#steps.findIndex((step) => !step.finished);
    const done = this.#steps.splice(0, running === -1 ? this.#steps.length : running);
    const last = done.at(-1);
    if (last) this.#onAdvance(last.token);
  }
}
