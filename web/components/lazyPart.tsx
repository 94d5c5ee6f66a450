import lazy from "preact-iso/lazy";
import type { ComponentType } from "preact";
import { whenIdle } from "./whenIdle.ts";

const parts: (() => Promise<unknown>)[] = [];
const firstParts: (() => Promise<unknown>)[] = [];

/**
 * A part of the page whose code is fetched when it is first shown. Where it does not come (no connection, or a newer
 * page was deployed meanwhile), it says so.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  parts.push(load);
  return lazy(() => load().catch((): ComponentType<Props> => NotLoaded));
}

/** Code that must be there before somebody can want it: it is fetched as soon as it is known who they are. */
export function soon<Module>(load: () => Promise<Module>): () => Promise<Module> {
  firstParts.push(load);
  return load;
}

/**
 * Fetches all parts, so that they are there when the connection goes: for people who stay. One after the other: what
 * somebody waits for must not stand in their queue.
 */
export async function fetchParts(): Promise<void> {
  for (const load of firstParts) load().catch(() => {});
  await whenIdle();
  for (const load of parts) await load().catch(() => {});
}

function NotLoaded() {
  return (
    <section class="narrow card" role="alert">
      <h1>This page did not come</h1>
      <p>Are you online? What you typed elsewhere is safe.</p>
      <button type="button" class="button primary" onClick={() => location.reload()}>
        Try again
      </button>
    </section>
  );
}
