import { computed, type ReadonlySignal } from "@preact/signals";
import { aisleOf } from "../../kitchen/aisleOf.ts";
import { readLine as readWords } from "../../kitchen/readLine.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { readLine } from "../api/shoppingLists.ts";
import { topicUrl } from "../api/streams.ts";
import type { LineEdit, LineFields, ListEdit } from "../edits/work.ts";
import type { PendingEdit } from "../edits/pendingEdit.ts";
import { currentEdits } from "./currentEdits.ts";
import { LiveItems } from "./LiveItems.ts";
import { editsOfList, lineViews, type LineView } from "./lineViews.ts";
import { lineName } from "./lineWords.ts";
import { newObjectId } from "./newObjectId.ts";

/** A household's shopping list: what the stream says, the user's own edits on top. */
export class ShoppingList {
  readonly householdId: string;
  readonly live: LiveItems<ShoppingLine>;
  /** `null` until they are known. */
  readonly lines: ReadonlySignal<readonly LineView[] | null>;
  /** The user's edits that the server does not have yet. */
  readonly unsaved: ReadonlySignal<readonly PendingEdit[]>;

  constructor(userId: string, householdId: string) {
    this.householdId = householdId;
    this.live = new LiveItems({
      url: topicUrl("lists", householdId),
      tabGroup: `${userId}:lists/${householdId}`,
      transport: "sse",
      parse: readLine,
      known: null,
    });
    this.lines = computed(() => {
      const lines = this.live.items.value;
      const edits = editsOfList(currentEdits.value?.pending.value ?? [], householdId);
      return lines && lineViews(lines, edits, userId, Date.now());
    });
    this.unsaved = computed(() =>
      (currentEdits.value?.pending.value ?? []).filter(
        ({ row: { work }, state }) =>
          work.kind === "list" &&
          work.householdId === householdId &&
          (state.kind === "waiting" || state.kind === "saving"),
      ),
    );
  }

  /** Opens the stream. @returns closes it. */
  watch(): () => void {
    return this.live.watch();
  }

  /** Puts what was typed on the list. */
  add(words: string): void {
    this.#edit({ kind: "add", line: newLine(this.householdId, words) }, words);
  }

  /** @param seen the line as the user saw it. */
  change(seen: ShoppingLine, change: Partial<LineFields>): void {
    this.#edit({ kind: "change", lineId: seen._id, change, seen }, lineName(seen));
  }

  remove(line: ShoppingLine): void {
    this.#edit({ kind: "remove", lineId: line._id, seen: line }, lineName(line));
  }

  /**
   * Puts on the list what the dishes of a week need.
   * @param about what the week is called, as in “this week”.
   */
  fill(week: string, about: string): void {
    this.#edit({ kind: "fill", week }, about);
  }

  #edit(edit: LineEdit | ListEdit, about: string): void {
    void currentEdits.peek()?.add({ kind: "list", householdId: this.householdId, edit }, about);
  }
}

/** Where a household keeps what, the server knows. */
const NO_CORRECTIONS: ReadonlyMap<string, string> = new Map();

/** What was typed, as the server will read it. */
function newLine(householdId: string, words: string): ShoppingLine {
  const read = readWords(words);
  return {
    _id: newObjectId(),
    householdId,
    text: words,
    ...read,
    aisle: aisleOf(read.name, NO_CORRECTIONS),
    done: false,
    doneBy: null,
    dishes: [],
    createdAt: new Date().toISOString(),
    updatedAt: "",
  };
}
