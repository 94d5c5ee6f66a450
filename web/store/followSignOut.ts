import { effect } from "@preact/signals";
import { dropDrafts } from "../device/drafts.ts";
import { dropLastSeen } from "../device/lastSeen.ts";
import { Records } from "../device/Records.ts";
import { forgetHousehold } from "./lastHousehold.ts";
import { onLeft } from "./leftAccount.ts";
import { forgetOpenedPlan } from "./planOfWeek.ts";
import { leave, session } from "./session.ts";

/** Ends the page of an account that is left in any tab, and erases what this browser kept for it. Call it once. */
export function followSignOut(): void {
  let account = "";
  effect(() => {
    const current = session.value;
    if ("user" in current) account = current.user._id;
    if (current.kind !== "signed-out" || account === "") return;
    erase(account);
    account = "";
  });
  onLeft(leave);
}

function erase(account: string): void {
  dropDrafts(account);
  dropLastSeen(account);
  forgetOpenedPlan();
  forgetHousehold(account);
  // A browser that keeps nothing has nothing to erase.
  new Records("edits").clear(account).catch(() => {});
}
