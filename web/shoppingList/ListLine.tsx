import { useId } from "preact/hooks";
import { dishWords, lineAmount, lineName } from "../store/lineWords.ts";
import type { LineView } from "../store/lineViews.ts";
import { personClass } from "../components/personClass.ts";
import type { ListControls } from "./ListControls.ts";
import { ListIcon } from "./ListIcon.tsx";

interface ListLineProps {
  readonly view: LineView;
  readonly controls: ListControls;
}

/** One thing to buy: a tap anywhere on it ticks it. */
export function ListLine({ view, controls }: ListLineProps) {
  const id = useId();
  const { line, status } = view;
  const { list, people, onOpen, lineDrag } = controls;
  const name = lineName(line);
  const amount = lineAmount(line);
  const hand = line.done ? personClass(people, line.doneBy) : "";
  const isOthers = line.done && line.doneBy !== controls.self;
  const carried = lineDrag.carried.value === line._id ? " carried" : "";
  return (
    <li
      class={`list-line ${hand}${isOthers ? " of-other" : ""}${carried}`}
      data-line-id={line._id}
      data-status={status}
    >
      <label class="line-tick">
        <input
          type="checkbox"
          checked={line.done}
          aria-labelledby={`${id}-name ${id}-amount`}
          aria-describedby={`${id}-about`}
          onChange={(event) => list.change(line, { done: event.currentTarget.checked })}
        />
        <span class="line-box">
          <ListIcon name="tick" />
        </span>
        <span class="line-words">
          <span class="line-name" id={`${id}-name`} dir="auto">
            {name}
          </span>
          <span class="line-about" id={`${id}-about`}>
            <About view={view} controls={controls} />
          </span>
        </span>
        <span class="line-amount" id={`${id}-amount`}>
          {amount}
        </span>
      </label>
      <button
        type="button"
        class="icon-button line-more"
        aria-label={`Change ${name}`}
        onPointerDown={(event) => lineDrag.begin(event, line._id)}
        onClick={() => onOpen(line)}
      >
        <ListIcon name="more" />
      </button>
    </li>
  );
}

/** What else there is to say of a line: the most pressing of it. */
function About({ view, controls }: ListLineProps) {
  const { line, status, failure } = view;
  if (failure) return <span class="line-failed">Not saved: {failure.message}</span>;
  if (status === "waiting") return line.done ? "Ticked here, waiting" : "Only here, waiting";
  if (line.done) return <DoneBy view={view} controls={controls} />;
  return line.dishes.length === 0 ? null : <span dir="auto">{dishWords(line.dishes)}</span>;
}

function DoneBy({ view, controls }: ListLineProps) {
  const { doneBy } = view.line;
  if (doneBy === controls.self) return <span class="line-by">You</span>;
  const name = doneBy === null ? null : controls.people.shortNameOf(doneBy);
  return <span class="line-by">{name ?? "Somebody"}</span>;
}
