import { useEffect } from "preact/hooks";
import type { Notice, PlanStore } from "../store/PlanStore.ts";
import { CrossIcon } from "./icons.tsx";

const SHOWN_MS = 20_000;

/** Says at the page's foot what just happened, with a way back. */
export function NoticeToast({ store }: { readonly store: PlanStore }) {
  const notice = store.notice.value;
  useEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(() => (store.notice.value = null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="toast-place" role="status">
      {notice && (
        <div class="toast">
          <p>{words(notice)}</p>
          {notice.kind === "removed" && (
            <button type="button" class="button small" onClick={() => store.undoRemove(notice.entry)}>
              Undo
            </button>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label="Dismiss"
            onClick={() => (store.notice.value = null)}
          >
            <CrossIcon />
          </button>
        </div>
      )}
    </div>
  );
}

function words(notice: Notice): string {
  if (notice.kind === "removed") return `Removed ${notice.entry.title}.`;
  return `Somebody removed ${notice.title} while you changed it.`;
}
