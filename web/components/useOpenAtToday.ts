import { useEffect } from "preact/hooks";
import { thisWeek } from "../store/today.ts";
import { isNarrow } from "./narrow.ts";
import { TODAY_ID } from "./todayId.ts";

/** On a phone this week begins at today: what was on Monday is above, for who looks for it. */
export function useOpenAtToday(week: string): void {
  useEffect(() => {
    if (!isNarrow.peek() || week !== thisWeek.peek()) return;
    document.getElementById(TODAY_ID)?.scrollIntoView({ block: "start", behavior: "instant" });
  }, [week]);
}
