import "../styles/importBox.css";
import { useSignal } from "@preact/signals";
import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import { importRecipe } from "../api/importRecipe.ts";
import { originOf } from "../store/importedDraft.ts";
import { FailureNote } from "./FailureNote.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { useAction } from "./useAction.ts";
import { useDraft } from "./useDraft.ts";

/** The name under which the text of the box is kept. */
export const IMPORT_FORM = "import-recipe";

/** Fills the form of a new recipe from a web page or a text. */
export function ImportBox({ onRead }: { readonly onRead: (found: ImportedRecipe) => void }) {
  const { pasted } = useDraft({ form: IMPORT_FORM, start: { pasted: "" } }).fields;
  const unread = useSignal<readonly string[] | null>(null);
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    unread.value = null;
    if (pasted.value.trim() === "") return;
    run(importRecipe(originOf(pasted.value)), (found) => {
      unread.value = found.unread;
      onRead(found);
    });
  }
  return (
    <details class="card import-box" open={pasted.peek() !== ""}>
      <summary>From a web page, or a text you have</summary>
      <form class="form" onSubmit={submit}>
        <TextAreaField
          label="Page or recipe"
          name="pasted"
          hint="The address of a page, or the recipe itself."
          rows={4}
          value={pasted}
          failure={null}
        />
        <FailureNote failure={failure.value} shownFields={[]} />
        <div class="actions">
          <button type="submit" class="button" disabled={busy.value}>
            {busy.value ? "Reading…" : "Fill in the recipe"}
          </button>
        </div>
      </form>
      {unread.value && <Outcome unread={unread.value} />}
    </details>
  );
}

function Outcome({ unread }: { readonly unread: readonly string[] }) {
  if (unread.length === 0) {
    return <p role="status">Filled in below. Look it over, then save it.</p>;
  }
  return (
    <div role="status">
      <p>Filled in below. These lines found no place: copy what you need.</p>
      <ul class="unread-lines">
        {unread.map((line, index) => (
          <li key={index} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
