import type { Notice, PlanStore } from "../store/PlanStore.ts";
import { Toast } from "./Toast.tsx";

/** Says what just happened to a dish, with a way back. */
export function NoticeToast({ store }: { readonly store: PlanStore }) {
  const notice = store.notice.value;
  return (
    <Toast words={notice && words(notice)} onDismiss={() => (store.notice.value = null)}>
      {notice && (
        <button type="button" class="button small" onClick={() => store.undoRemove(notice.entry)}>
          Undo
        </button>
      )}
    </Toast>
  );
}

function words(notice: Notice): string {
  return `Removed ${notice.entry.title}.`;
}
