import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { capital } from "../store/dates.ts";
import { today } from "../store/today.ts";
import { dayName } from "../store/dayOfWeek.ts";
import { daysToShow, type SheetDay } from "../store/weekSheet.ts";
import { DishPicture } from "./DishPicture.tsx";

/** A change is marked for so long. */
const LATELY_MS = 8_000;

interface WeekSheetProps {
  /** `null` while they are not known. */
  readonly days: readonly SheetDay[] | null;
  readonly isLive: boolean;
}

/** A week on one small sheet, to look at. */
export function WeekSheet({ days, isLive }: WeekSheetProps) {
  return (
    <section class="sheet" aria-label="A week of meals" aria-busy={days === null}>
      <header class="sheet-header">
        <h2>This week’s dinners</h2>
        {isLive && <span class="sheet-live">Live</span>}
      </header>
      <ul>
        {days === null
          ? [1, 2, 3, 4, 5].map((row) => <li key={row} class="sheet-day" />)
          : daysToShow(days, today.value).map((day) => <SheetRow key={day.day} {...day} />)}
      </ul>
    </section>
  );
}

function SheetRow({ day, dish, others }: SheetDay) {
  const isToday = day === dayName(today.value);
  const isNew = useLately(`${dish}\n${others}`);
  return (
    <li class={isNew ? "sheet-day touched" : "sheet-day"} data-sheet-day={day}>
      <p class={isToday ? "sheet-when today" : "sheet-when"}>
        <span aria-hidden="true">{capital(day).slice(0, 3)}</span>
        <span class="visually-hidden">{capital(day)}</span>
        {isToday && <small>tonight</small>}
      </p>
      <DishPicture title={dish} />
      <div>
        <p class="sheet-dish">{dish || "Nothing yet"}</p>
        {isNew ? <p class="sheet-news">Changed just now</p> : <p class="sheet-others">{others}</p>}
      </div>
    </li>
  );
}

/** True for a while after a text has become another one. */
function useLately(text: string): boolean {
  const seen = useRef(text);
  const isNew = useSignal(false);
  useEffect(() => {
    if (seen.current === text) return undefined;
    seen.current = text;
    isNew.value = true;
    const timer = setTimeout(() => (isNew.value = false), LATELY_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return isNew.value;
}
