import { useSignal } from "@preact/signals";
import { ErrorBoundary } from "preact-iso/lazy";
import type { WatchedStream } from "../store/WatchedStream.ts";
import { InfoIcon } from "./icons.tsx";
import { lazyPart } from "./lazyPart.tsx";

const ConnectionFacts = lazyPart(async () => (await import("./ConnectionFacts.tsx")).ConnectionFacts);

/** What there is to know of the connection, for whoever wonders. */
export function ConnectionDetails({ stream }: { readonly stream: WatchedStream }) {
  const isOpen = useSignal(false);
  return (
    <details
      class="connection-details"
      onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}
      onKeyDown={closeOnEscape}
      onFocusOut={closeWhenLeft}
    >
      <summary class="icon-button">
        <InfoIcon />
        <span class="visually-hidden">Connection details</span>
      </summary>
      <ErrorBoundary>{isOpen.value && <ConnectionFacts stream={stream} />}</ErrorBoundary>
    </details>
  );
}

function closeOnEscape(event: KeyboardEvent & { readonly currentTarget: HTMLDetailsElement }): void {
  if (event.key === "Escape") event.currentTarget.open = false;
}

function closeWhenLeft(event: FocusEvent & { readonly currentTarget: HTMLDetailsElement }): void {
  const { relatedTarget, currentTarget } = event;
  if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
}
