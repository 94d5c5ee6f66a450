import type { Viewer } from "../../protocol/streamEvents.ts";
import type { People } from "../store/People.ts";
import { Avatar } from "./Avatar.tsx";

interface ViewersProps {
  readonly viewers: readonly Viewer[];
  /** Who looks at this page. */
  readonly selfId: string;
  readonly people: People;
}

/** Who is watching right now. */
export function Viewers({ viewers, selfId, people }: ViewersProps) {
  if (viewers.length === 0) return null;
  return (
    <ul class="viewers" aria-label="Watching now">
      {viewers.map(({ id, name }) => (
        <li key={id} class="viewer" title={id === selfId ? "You" : name}>
          <Avatar id={id} name={name} people={people} />
          <span class="visually-hidden">{id === selfId ? "You" : name}</span>
        </li>
      ))}
    </ul>
  );
}
