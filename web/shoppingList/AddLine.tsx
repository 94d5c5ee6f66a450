import { useRef } from "preact/hooks";
import { DraftNote } from "../components/DraftNote.tsx";
import { PlusIcon } from "../components/icons.tsx";
import { useDraft } from "../components/useDraft.ts";
import type { ShoppingList } from "../store/ShoppingList.ts";

const MOST_LETTERS = 200;

/** One field for what comes to mind: Enter puts it on the list, and one goes on typing. */
export function AddLine({ list }: { readonly list: ShoppingList }) {
  const draft = useDraft({ form: `list/${list.householdId}`, start: { text: "" } });
  const field = useRef<HTMLInputElement>(null);
  const { text } = draft.fields;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const words = text.value.trim();
    if (words !== "") list.add(words);
    draft.discard();
    field.current?.focus();
  }
  return (
    <form class="add-line" onSubmit={submit}>
      <input
        ref={field}
        aria-label="Add to the list"
        placeholder="Add milk, 2 l"
        autocomplete="off"
        enterkeyhint="done"
        maxLength={MOST_LETTERS}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="submit" class="button primary">
        <PlusIcon /> Add
      </button>
      <DraftNote draft={draft} />
    </form>
  );
}
