import type { Awareness } from "../store/Awareness.ts";

/** Reads out what others change, in its turn. */
export function Announcements({ awareness }: { readonly awareness: Awareness | null }) {
  return (
    <p class="visually-hidden" role="status" aria-label="What others change">
      {awareness?.announcement}
    </p>
  );
}
