import { useSignal } from "@preact/signals";
import type { Calendar, NewCalendar } from "../../protocol/calendar.ts";
import { createCalendar, endCalendar, fetchCalendars } from "../api/calendars.ts";
import { momentText } from "../store/dates.ts";
import { useLoading } from "../store/loading.ts";
import { CopyField } from "./CopyField.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { useAction } from "./useAction.ts";

/** Makes addresses at which calendar apps read the household's meals, and ends them. */
export function CalendarSection({ householdId }: { readonly householdId: string }) {
  const made = useSignal<NewCalendar | null>(null);
  const { busy, failure, run } = useAction();
  const calendars = useLoading(`calendars ${householdId}`, () => fetchCalendars(householdId));
  function create(): void {
    run(createCalendar(householdId), (calendar) => {
      made.value = calendar;
      void calendars.reload();
    });
  }
  function ended(id: string): void {
    if (made.value?._id === id) made.value = null;
    void calendars.reload();
  }
  return (
    <section class="card" aria-labelledby="calendars">
      <h2 id="calendars">In your calendar</h2>
      <p>
        A calendar app that subscribes to the address shows what is planned. Whoever has it can read the
        meals.
      </p>
      {made.value && <CopyField label="Calendar address" value={made.value.url} />}
      {made.value && <p class="hint">Copy it now: it is shown only once.</p>}
      <FailureNote failure={failure.value} />
      <div class="actions">
        <button type="button" class="button" disabled={busy.value} onClick={create}>
          {made.value ? "Make another address" : "Make a calendar address"}
        </button>
      </div>
      <FailureNote failure={calendars.failure.value} onRetry={() => void calendars.reload()} />
      <ul class="invite-list" aria-label="Calendars">
        {calendars.value.value?.map((calendar) => (
          <CalendarRow
            key={calendar._id}
            calendar={calendar}
            householdId={householdId}
            onEnded={() => ended(calendar._id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface CalendarRowProps {
  readonly calendar: Calendar;
  readonly householdId: string;
  readonly onEnded: () => void;
}

function CalendarRow({ calendar, householdId, onEnded }: CalendarRowProps) {
  const { busy, failure, run } = useAction();
  return (
    <li>
      <span>
        Made by {calendar.createdBy.name}, {momentText(calendar.createdAt)}
      </span>
      <button
        type="button"
        class="button danger small"
        disabled={busy.value}
        onClick={() => run(endCalendar(householdId, calendar._id), onEnded)}
      >
        End it
      </button>
      <FailureNote failure={failure.value} />
    </li>
  );
}
