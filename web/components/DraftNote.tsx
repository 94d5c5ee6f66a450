import type { DraftForm } from "./useDraft.ts";

/** Says that a form shows what was typed before, with a way back to the beginning. */
export function DraftNote({ draft }: { readonly draft: Pick<DraftForm<string>, "isKept" | "discard"> }) {
  if (!draft.isKept.value) return null;
  return (
    <p class="hint draft-note" role="status">
      Draft kept.{" "}
      <button type="button" class="button quiet small" onClick={draft.discard}>
        Discard
      </button>
    </p>
  );
}
