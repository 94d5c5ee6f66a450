import { idle, type Cancel, type Clock } from "./clock.ts";

/** What the page's user and device do that concerns a stream. */
export interface PageListener {
  /** Nobody has looked at this page for a while. */
  readonly onHidden: () => void;
  /** Somebody looks again. */
  readonly onShown: () => void;
  /** The page is being left; it may come back from the back/forward cache. */
  readonly onLeft: () => void;
  /** It came back. */
  readonly onReturned: () => void;
  readonly onOffline: () => void;
  readonly onOnline: () => void;
}

/**
 * Watches the page. A plan that nobody looks at should let its hub sleep, and an open connection keeps a page out of the
 * back/forward cache.
 * @param hideAfterMs how long a page may be hidden before it counts.
 * @returns stops watching.
 */
export function watchPage(
  page: { readonly document: Document; readonly window: Window },
  clock: Clock,
  hideAfterMs: number,
  listener: PageListener,
): Cancel {
  const watching = new AbortController();
  const { signal } = watching;
  const { document, window } = page;
  let cancelHide = idle;

  function visibilityChanged(): void {
    cancelHide();
    if (document.visibilityState === "hidden") cancelHide = clock.after(hideAfterMs, listener.onHidden);
    else listener.onShown();
  }

  document.addEventListener("visibilitychange", visibilityChanged, { signal });
  window.addEventListener("pagehide", listener.onLeft, { signal });
  // A page that was loaded, not restored, has never left.
  window.addEventListener("pageshow", (event) => event.persisted && listener.onReturned(), { signal });
  window.addEventListener("offline", listener.onOffline, { signal });
  window.addEventListener("online", listener.onOnline, { signal });
  if (document.visibilityState === "hidden") visibilityChanged();

  return () => {
    cancelHide();
    watching.abort();
  };
}
