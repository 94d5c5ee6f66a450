import { useLocation } from "preact-iso/router";
import type { Household } from "../../protocol/household.ts";
import { ConnectionBadge } from "../components/ConnectionBadge.tsx";
import { Viewers } from "../components/Viewers.tsx";
import type { ListControls } from "./ListControls.ts";
import { ListProgress } from "./ListProgress.tsx";

interface ListHeaderProps {
  readonly controls: ListControls;
  /** All of the user's. */
  readonly households: readonly Household[];
}

/** Whose list it is, who looks at it, whether it is live, and how far one is. */
export function ListHeader({ controls, households }: ListHeaderProps) {
  const { list, self, people, household } = controls;
  return (
    <header class="list-header">
      <div class="list-title">
        <h1>Shopping list</h1>
        <Viewers viewers={list.live.viewers.value} selfId={self} people={people} />
        <ConnectionBadge stream={list.live} />
        <WhoseList household={household} households={households} />
      </div>
      <ListProgress list={list} />
    </header>
  );
}

interface WhoseListProps {
  readonly household: Household;
  readonly households: readonly Household[];
}

/** With more than one household, a way to the list of another. */
function WhoseList({ household, households }: WhoseListProps) {
  const { route } = useLocation();
  if (households.length < 2) return null;
  return (
    <select
      class="household-switch"
      aria-label="Household"
      value={household._id}
      onChange={(event) => route(`/households/${event.currentTarget.value}/list`)}
    >
      {households.map(({ _id, name }) => (
        <option key={_id} value={_id}>
          {name}
        </option>
      ))}
    </select>
  );
}
