import type { Entered, EntryOutcome, EntryWish } from "../durable-objects/Entrance.ts";
import type { Subscription } from "../protocol/subscription.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** By then the hubs have been counted anew, and some more topics may be tried. */
const RETRY_SECONDS = 5;

/**
 * One reader's way to a hub: whoever counts for him is asked before the hub is woken, and told afterwards. So what is
 * not his can't be asked for without end, and nothing is written before his right is known.
 */
export class HubEntry {
  readonly #c: LiveRequest;
  readonly #accounts: Accounts;
  readonly #topic: string;
  readonly #subscription: Subscription;

  constructor(c: LiveRequest, accounts: Accounts, topic: string, subscription: Subscription) {
    this.#c = c;
    this.#accounts = accounts;
    this.#topic = topic;
    this.#subscription = subscription;
  }

  /**
   * Lets a hub open a stream. Answers also whether the session is open still, now that the hub has answered.
   * @throws ProblemError `too-many-streams`, `too-many-attempts`, or what `open` throws.
   */
  async stream(
    open: () => Promise<Response>,
  ): Promise<{ readonly response: Response; readonly isLasting: boolean }> {
    const entered = await this.#enter("stream");
    const response = await this.#asked(entered, open);
    return { response, isLasting: await this.#settle(entered, outcomeOf(response.status)) };
  }

  /** Lets a hub tell what it holds. @throws ProblemError `too-many-attempts`, or what `read` throws. */
  async contents(read: () => Promise<Response>): Promise<Response> {
    const entered = await this.#enter("contents");
    const response = await this.#asked(entered, read);
    this.#c.executionCtx.waitUntil(this.#settle(entered, outcomeOf(response.status)));
    return response;
  }

  async #asked(entered: Entered | null, ask: () => Promise<Response>): Promise<Response> {
    try {
      return await ask();
    } catch (error) {
      const isStranger = error instanceof ProblemError && error.code === "not-found";
      await this.#settle(entered, isStranger ? "not-found" : "failed");
      throw error;
    }
  }

  async #enter(form: EntryWish["form"]): Promise<Entered | null> {
    const { holder, reader, sessionId } = this.#subscription;
    if (holder === null) return null;
    const wish = { sessionId, topic: this.#topic, form };
    const answer = await this.#accounts.enter(this.#c, holder, { ...wish, isKnown: reader.kind === "guest" });
    if (answer.refusal === null) return { ...wish, isNoted: answer.isNoted };
    if (answer.refusal === "signed-out") throw new ProblemError("signed-out");
    throw new ProblemError(answer.refusal, { headers: { "retry-after": String(RETRY_SECONDS) } });
  }

  /** What is noted already and was let in, or only read, is nothing to tell. */
  async #settle(entered: Entered | null, outcome: EntryOutcome): Promise<boolean> {
    const { holder } = this.#subscription;
    if (holder === null || entered === null) return true;
    if (entered.isNoted && (outcome === "let-in" || entered.form === "contents")) return true;
    return this.#accounts.settle(this.#c, holder, entered, outcome);
  }
}

function outcomeOf(status: number): EntryOutcome {
  if (status < 400) return "let-in";
  return status === 404 ? "not-found" : "failed";
}
