import type { Awareness } from "../store/Awareness.ts";
import { plural } from "../store/words.ts";
import type { People } from "../store/People.ts";
import { Avatar } from "./Avatar.tsx";
import { CrossIcon } from "./icons.tsx";

interface SinceYouLookedProps {
  readonly awareness: Awareness;
  readonly people: People;
}

/** Says that others did something while the user was away, and leads there. */
export function SinceYouLooked({ awareness, people }: SinceYouLookedProps) {
  const { changes, current } = awareness.unseen;
  const count = changes.value.length;
  if (count === 0 || current.value) return null;
  return (
    <div class="since" role="group" aria-label="While you were away">
      <Authors ids={changes.value.map(({ by }) => by)} people={people} />
      <p role="status">
        {count} {plural("change", count)} since you looked
      </p>
      <button type="button" class="button small" onClick={() => awareness.showNext()}>
        Show
      </button>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => awareness.dismiss()}>
        <CrossIcon />
      </button>
    </div>
  );
}

interface AuthorsProps {
  readonly ids: readonly (string | null)[];
  readonly people: People;
}

function Authors({ ids, people }: AuthorsProps) {
  const authors = [...new Set(ids)].filter((id) => id !== null);
  return (
    <span class="since-people">
      {authors.map((id) => (
        <Avatar key={id} id={id} name={people.nameOf(id) ?? "?"} people={people} />
      ))}
    </span>
  );
}
