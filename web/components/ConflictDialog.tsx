import { useSignal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import { text } from "../api/reading.ts";
import type { AccountEdits } from "../edits/AccountEdits.ts";
import { resolved, type Choice, type Conflict, type Side } from "../edits/conflict.ts";
import type { QueuedEdit } from "../edits/pendingEdit.ts";
import { People } from "../store/People.ts";
import { Avatar } from "./Avatar.tsx";
import { ConflictQuestion } from "./ConflictQuestion.tsx";
import { Dialog } from "./Dialog.tsx";
import { personClass } from "./personClass.ts";
import { useMyHouseholds } from "./useMyHouseholds.ts";
import "../styles/conflict.css";

interface ConflictDialogProps {
  readonly edits: AccountEdits;
  readonly row: QueuedEdit;
  readonly conflict: Conflict;
  readonly onClose: () => void;
}

/** Two people have changed the same: shows both, the user's own chosen, and lets them pick part by part. */
export function ConflictDialog({ edits, row, conflict, onClose }: ConflictDialogProps) {
  const households = useMyHouseholds().list.value ?? [];
  const sides = useSignal<Readonly<Record<string, Side>>>({});
  const choice: Choice = (field, piece) => sides.value[sideKey(field, piece)] ?? "mine";
  const by = text(conflict.current["changedBy"]);
  const people = new People(householdWith(households, by)?.members ?? []);
  const other = by === edits.account ? null : people.nameOf(by);
  function choose(field: string, piece: number, side: Side): void {
    sides.value = { ...sides.value, [sideKey(field, piece)]: side };
  }
  function save(event: SubmitEvent): void {
    event.preventDefault();
    void edits.revise(row, resolved(row.work, conflict, choice));
    onClose();
  }
  return (
    <Dialog title={titleOf(by === edits.account, other)} onClose={onClose} isWide>
      <p class="conflict-about">
        {other && <Avatar id={by} name={other} people={people} />}
        <span>
          {row.about}. {row.isUndo ? "Undo all the same?" : "Nothing is lost. Which one stays?"}
        </span>
      </p>
      <form class={`form ${personClass(people, by)}`} onSubmit={save}>
        {conflict.fields.map((field) => (
          <ConflictQuestion
            key={field.name}
            field={field}
            owner={ownerOf(by === edits.account, other)}
            choice={choice}
            onChoose={choose}
          />
        ))}
        <div class="actions">
          <button type="submit" class="button primary">
            {saveName(conflict, choice, other)}
          </button>
          <button type="button" class="button quiet" onClick={onClose}>
            Decide later
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function householdWith(households: readonly Household[], userId: string): Household | undefined {
  return households.find(({ members }) => members.some((member) => member.userId === userId));
}

function sideKey(field: string, piece: number): string {
  return `${field}/${piece}`;
}

function titleOf(isSelf: boolean, other: string | null): string {
  if (isSelf) return "You changed this elsewhere meanwhile";
  return `${other ?? "Somebody"} changed this meanwhile`;
}

function ownerOf(isSelf: boolean, other: string | null): string {
  if (isSelf) return "The other";
  return other === null ? "Theirs" : `${other}’s`;
}

/** Says what the button does: what of both is kept. */
function saveName({ fields }: Conflict, choice: Choice, other: string | null): string {
  const picked = fields.flatMap(({ name, pieces }) =>
    (pieces ?? [{ kind: "open" as const }]).flatMap(({ kind }, index) =>
      kind === "open" ? [choice(name, index)] : [],
    ),
  );
  if (picked.every((side) => side === "mine")) return "Keep mine";
  if (picked.some((side) => side === "mine")) return "Keep these";
  return other === null ? "Keep theirs" : `Keep ${other}’s`;
}
