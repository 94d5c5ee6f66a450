import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { CrossIcon } from "./icons.tsx";

const SHOWN_MS = 20_000;

interface ToastProps {
  /** What is said, or nothing. Another one is shown for its own time. */
  readonly words: string | null;
  /** A way back, if there is one. */
  readonly children?: ComponentChildren;
  readonly onDismiss: () => void;
}

/** Says at the page's foot what just happened, for a while. */
export function Toast({ words, children, onDismiss }: ToastProps) {
  useEffect(() => {
    if (words === null) return undefined;
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
    // The children are new when the parent has something new to say, be it in the same words.
  }, [words, children]);
  return (
    <div class="toast-place" role="status">
      {words !== null && (
        <div class="toast">
          <p>{words}</p>
          {children}
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={onDismiss}>
            <CrossIcon />
          </button>
        </div>
      )}
    </div>
  );
}
