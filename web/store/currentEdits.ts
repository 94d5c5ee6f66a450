import { computed, effect, signal, type Signal } from "@preact/signals";
import { noteContact } from "../api/contact.ts";
import { AccountEdits } from "../edits/AccountEdits.ts";
import { isUnsaved } from "../edits/pendingEdit.ts";
import { systemClock } from "../stream/clock.ts";
import { requestAccount } from "./requestAccount.ts";
import { session, userId } from "./session.ts";

/** The edits of whoever this page belongs to, also while their session is over; `null` when it is nobody's. */
export const currentEdits: Signal<AccountEdits | null> = signal(null);

/** Whose edits are shown. A page that was opened without a connection shows those of whoever was here last. */
const account = computed(() => (session.value.kind === "unreachable" ? requestAccount() : userId.value));

/** Takes up each user's edits when they come, and sends none of them in another's name. Call it once. */
export function followAccount(): void {
  effect(() => {
    const owner = account.value;
    currentEdits.peek()?.stop();
    currentEdits.value = owner === "" ? null : open(owner);
  });
  effect(() => {
    if (session.value.kind === "signed-in") currentEdits.value?.wake();
  });
  addEventListener("beforeunload", warnOfLoss);
  addEventListener("online", () => {
    noteContact();
    currentEdits.peek()?.wake();
  });
}

/** Only what this browser refused to keep is lost with the tab. */
function warnOfLoss(event: BeforeUnloadEvent): void {
  const pending = currentEdits.peek()?.pending.peek() ?? [];
  if (pending.some((one) => isUnsaved(one) && !one.isKept)) event.preventDefault();
}

function open(owner: string): AccountEdits {
  const edits = new AccountEdits({
    account: owner,
    clock: systemClock,
    random: Math.random,
    locks: "locks" in navigator ? navigator.locks : null,
    maySend: () => session.peek().kind === "signed-in" && requestAccount() === owner,
  });
  edits.start();
  return edits;
}
