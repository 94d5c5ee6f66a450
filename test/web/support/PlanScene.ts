import { afterEach, beforeEach, vi } from "vitest";
import type { ShownEntry } from "../../../web/api/readMealPlan.ts";
import { AccountEdits } from "../../../web/edits/AccountEdits.ts";
import { inverseOf } from "../../../web/edits/inverse.ts";
import { isUnsaved } from "../../../web/edits/pendingEdit.ts";
import { systemClock } from "../../../web/stream/clock.ts";
import { cellName } from "../../../web/store/Entries.ts";
import { PlanStore } from "../../../web/store/PlanStore.ts";
import { StreamServer, type OpenedStream } from "./StreamServer.ts";
import { stubBrowser } from "./stubBrowser.ts";
import { until } from "./until.ts";

/** The plan on the page. */
export const PLAN_ID = "a".repeat(24);

/** The dish that is on it. */
export const SOUP = {
  _id: "1".repeat(24),
  day: "monday",
  meal: "dinner",
  recipeId: null,
  title: "Soup",
  servings: 2,
  note: "",
};

/** A dish for the same dinner. */
export const BREAD = {
  day: "monday",
  meal: "dinner",
  recipeId: null,
  title: "Bread",
  servings: null,
  note: "",
};

/** The cell that both are in. */
export const DINNER = cellName("monday", "dinner");

/** A page's plan with a soup for Monday's dinner, live from a server that answers what the test wants. */
export class PlanScene {
  server!: StreamServer;
  store!: PlanStore;
  edits!: AccountEdits;
  stream!: OpenedStream;
  #close!: () => void;

  /** Sets it for each test of a file. */
  constructor() {
    beforeEach(() => this.#set());
    afterEach(() => this.#strike());
  }

  /** The soup as it is on the page. */
  soup(): ShownEntry {
    const view = this.store.entries.view(SOUP._id);
    if (!view) throw new Error("There is no soup");
    return view.value.entry;
  }

  /** The plan as the server has it at a second. */
  planAt(second: number, entries: readonly object[]) {
    const updatedAt = new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString();
    return {
      _id: PLAN_ID,
      householdId: "b".repeat(24),
      week: "2026-W47",
      entries,
      memberIds: [],
      updatedAt,
    };
  }

  /** Sends that plan over the stream. */
  publish(second: number, entries: readonly object[]): void {
    this.stream.send({ id: `e-${second}`, data: JSON.stringify(this.planAt(second, entries)) });
  }

  /** What there is for Monday's dinner. */
  titles(): readonly string[] {
    const ids = this.store.entries.cell(DINNER).value;
    return ids.map((id) => this.store.entries.view(id)?.value.entry.title ?? "");
  }

  /** True when there was an edit and the server has them all. */
  allSaved(): boolean {
    const { value } = this.edits.pending;
    return value.length > 0 && !value.some(isUnsaved);
  }

  /** Takes back what was done last in this tab. */
  undoLast(): void {
    const last = this.edits.made.list.value.at(-1);
    if (!last) throw new Error("Nothing was done");
    const inverse = inverseOf(last.work);
    if (inverse) void this.edits.undo(last, inverse);
  }

  /** What becomes of a dish. */
  statusOf(id: string): string | undefined {
    return this.store.entries.view(id)?.value.status;
  }

  async #set(): Promise<void> {
    this.server = await StreamServer.start();
    stubBrowser(this.server.url);
    const account = crypto.randomUUID();
    this.edits = new AccountEdits({
      account,
      clock: systemClock,
      random: () => 0,
      locks: navigator.locks,
      maySend: () => true,
    });
    this.edits.start();
    const { edits } = this;
    this.store = new PlanStore({ planId: PLAN_ID, share: null, tabGroup: account, edits, plan: null });
    this.#close = this.store.watch();
    this.stream = await this.server.nextStream();
    this.publish(1, [SOUP]);
    this.stream.send({ event: "live", data: "{}" });
    await until(() => this.store.state.value === "live");
  }

  async #strike(): Promise<void> {
    this.#close();
    this.edits.stop();
    await this.server.stop();
    vi.unstubAllGlobals();
  }
}
