import { ErrorBoundary } from "preact-iso/lazy";
import type { EntryView } from "../store/entryViews.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { ChangeMark } from "./ChangeMark.tsx";
import type { GridControls } from "./GridControls.ts";
import { DishPicture } from "./DishPicture.tsx";
import { CrossIcon } from "./icons.tsx";
import { lazyPart } from "./lazyPart.tsx";
import { MissedChange } from "./MissedChange.tsx";
import { isNarrow } from "./narrow.ts";
import { personClass } from "./personClass.ts";

interface EntryCardProps {
  readonly id: string;
  readonly store: PlanStore;
  readonly controls: GridControls | null;
  readonly showPlace: boolean;
  readonly hasPicture: boolean;
}

const FailedEntry = lazyPart(async () => (await import("./FailedEntry.tsx")).FailedEntry);

/** One dish. It alone is painted when it alone changes. */
export function EntryCard({ id, store, controls, showPlace, hasPicture }: EntryCardProps) {
  const view = store.entries.view(id)?.value;
  const touch = controls?.awareness?.recent.touch(id).value ?? null;
  if (!view) return null;
  const { entry, status } = view;
  const hand = controls && touch ? ` touched ${personClass(controls.people, touch.by)}` : "";
  return (
    <li class={`entry${hand}`} data-entry-id={id} data-status={status}>
      {hasPicture && <DishPicture title={entry.title} frame={isNarrow.value ? "square" : "tall"} />}
      <div class="entry-line">
        {controls ? (
          <button
            type="button"
            class="entry-title"
            aria-label={`Edit ${entry.title}`}
            onClick={() => controls.onOpen(id)}
          >
            {entry.title}
          </button>
        ) : (
          <span class="entry-title">{entry.title}</span>
        )}
        {controls && (
          <button
            type="button"
            class="icon-button remove"
            aria-label={`Remove ${entry.title}`}
            onClick={() => store.remove(entry)}
          >
            <CrossIcon />
          </button>
        )}
      </div>
      <Details view={view} showPlace={showPlace} />
      <ErrorBoundary>
        {view.failed && <FailedEntry id={id} failed={view.failed} store={store} />}
      </ErrorBoundary>
      {controls && touch && <ChangeMark change={touch} people={controls.people} />}
      {controls?.awareness && <MissedChange entryId={id} awareness={controls.awareness} />}
    </li>
  );
}

function Details({ view, showPlace }: { readonly view: EntryView; readonly showPlace: boolean }) {
  const { entry, status } = view;
  const parts = [
    showPlace ? [entry.day, entry.meal].filter(Boolean).join(", ") || "no day" : "",
    status === "saving" ? "saving…" : "",
    status === "waiting" ? "here only, goes out with a connection" : "",
  ].filter(Boolean);
  return (
    <>
      {entry.servings !== null && <p class="entry-details entry-servings">serves {entry.servings}</p>}
      {parts.length > 0 && <p class="entry-details">{parts.join(" · ")}</p>}
      {entry.note && <p class="entry-note">{entry.note}</p>}
    </>
  );
}
