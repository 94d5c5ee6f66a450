import { OTHER_AISLE } from "../../kitchen/aisles.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { Dialog } from "../components/Dialog.tsx";
import { DraftNote } from "../components/DraftNote.tsx";
import { SelectField } from "../components/SelectField.tsx";
import { TextField } from "../components/TextField.tsx";
import { useDraft } from "../components/useDraft.ts";
import type { LineFields } from "../edits/work.ts";
import { editHousehold } from "../store/editHousehold.ts";
import { lineName } from "../store/lineWords.ts";
import type { ListControls } from "./ListControls.ts";

interface LineDialogProps {
  readonly line: ShoppingLine;
  readonly controls: ListControls;
  /** The names of all aisles that the household knows. */
  readonly aisles: readonly string[];
  readonly onClose: () => void;
}

/** What can be done with a line besides ticking it. */
export function LineDialog({ line, controls, aisles, onClose }: LineDialogProps) {
  const { list, household } = controls;
  const { staples = [] } = household;
  const start = { text: line.text, aisle: line.aisle || OTHER_AISLE };
  const draft = useDraft({ form: `line/${line._id}`, start, document: line });
  const { text, aisle } = draft.fields;
  const staple = (line.name || line.text).trim();
  function save(event: SubmitEvent): void {
    event.preventDefault();
    const seen = { ...line, ...draft.seen() };
    const change = changeOfLine(seen, draft.values());
    if (Object.keys(change).length > 0) list.change(seen, change);
    draft.sent();
    onClose();
  }
  function keepInPantry(): void {
    list.remove(line);
    editHousehold(household, { staples: [...staples, staple] }, lineName(line));
    onClose();
  }
  function takeOff(): void {
    list.remove(line);
    onClose();
  }
  return (
    <Dialog title={lineName(line)} onClose={onClose}>
      {line.dishes.length > 0 && <p class="hint">For {line.dishes.join(", ")}</p>}
      <form class="form" onSubmit={save}>
        <DraftNote draft={draft} />
        <TextField
          label="What, and how much"
          name="text"
          required
          maxLength={200}
          autocomplete="off"
          value={text}
          failure={null}
        />
        <SelectField
          label="Aisle"
          name="aisle"
          value={aisle}
          failure={null}
          options={aisles.map((name) => ({ value: name, name }))}
        />
        <div class="actions">
          <button type="submit" class="button primary">
            Save
          </button>
          {!staples.includes(staple) && (
            <button type="button" class="button" onClick={keepInPantry}>
              Always in the pantry
            </button>
          )}
          <button type="button" class="button quiet" onClick={takeOff}>
            Take off the list
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Only what differs, so that two people can change two things at once. */
function changeOfLine(
  seen: Pick<LineFields, "text" | "aisle">,
  typed: Pick<LineFields, "text" | "aisle">,
): Partial<LineFields> {
  const text = typed.text.trim();
  return {
    ...(text !== "" && text !== seen.text && { text }),
    ...(typed.aisle !== (seen.aisle || OTHER_AISLE) && { aisle: typed.aisle }),
  };
}
