import { useRef } from "preact/hooks";
import { describeLine } from "../store/describeLine.ts";
import { agoText } from "../store/durations.ts";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import type { ToldLine } from "../store/ToldLine.ts";
import { undoOfLine } from "../store/undoOfLine.ts";
import { Avatar } from "./Avatar.tsx";
import { ConfirmButton } from "./ConfirmButton.tsx";

interface ActivityRowProps {
  readonly told: ToldLine;
  readonly store: PlanStore;
  readonly people: People;
  readonly self: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One line of the activity. */
export function ActivityRow({ told, store, people, self, now }: ActivityRowProps) {
  const { line } = told;
  const words = describeLine(told, self);
  return (
    <li class="activity-line" tabIndex={-1}>
      <Avatar id={line.by?.userId ?? ""} name={line.by?.name ?? "?"} people={people} />
      <p>
        {words}, <time dateTime={line.at}>{agoText(line.at, now)}</time>
      </p>
      <UndoLine told={told} store={store} words={words} />
    </li>
  );
}

interface UndoLineProps {
  readonly told: ToldLine;
  readonly store: PlanStore;
  readonly words: string;
}

/** The way back from one edit, while there is one. Removing what others have worked on since is asked for first. */
function UndoLine({ told, store, words }: UndoLineProps) {
  const { line, isFollowed } = told;
  const isThere = store.entries.ids.value.has(line.entryId);
  const undo = isThere === (line.kind !== "removed") ? undoOfLine(line) : null;
  const button = useRef<HTMLSpanElement>(null);
  if (!undo || !store.isOpen.value) return null;
  const edit = undo;
  /** The button may go with what it undoes: the focus stays in its line. */
  function takeBack(): void {
    button.current?.closest("li")?.focus();
    store.takeBack(edit, line.title);
  }
  return (
    <span ref={button} class="activity-undo">
      {undo.kind === "remove" && isFollowed ? (
        <ConfirmButton
          name="Undo"
          question={`${line.title} was changed since. Remove it all the same?`}
          busy={false}
          onConfirm={takeBack}
        />
      ) : (
        <button type="button" class="button small" aria-label={`Undo: ${words}`} onClick={takeBack}>
          Undo
        </button>
      )}
    </span>
  );
}
