import type { Trolley } from "../store/Trolley.ts";
import { plural } from "../store/words.ts";
import type { ListControls } from "./ListControls.ts";
import { ListIcon } from "./ListIcon.tsx";
import { ListLine } from "./ListLine.tsx";

interface TrolleyContentProps {
  readonly trolley: Trolley;
  readonly controls: ListControls;
}

/** What was put away, behind all that is still on the list. To untick it brings it back. */
export function TrolleyContent({ trolley, controls }: TrolleyContentProps) {
  const lines = trolley.content.value;
  const count = trolley.onList.value.filter(({ line }) => line.done).length;
  return (
    <>
      {count > 0 && (
        <button type="button" class="button put-away" onClick={() => trolley.putAway()}>
          <ListIcon name="trolley" /> Put {count} ticked {plural("thing", count)} away
        </button>
      )}
      {lines.length > 0 && (
        <details class="trolley">
          <summary>
            <ListIcon name="trolley" /> In the trolley, {lines.length}
          </summary>
          <ul class="list-lines">
            {lines.map((view) => (
              <ListLine key={view.line._id} view={view} controls={controls} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
