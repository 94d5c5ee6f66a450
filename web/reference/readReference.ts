import type { Reference } from "./reference.ts";

/** Reads the reference that was built with this page; `null` when it can't be had. */
export async function readReference(): Promise<Reference | null> {
  try {
    const response = await fetch("/openapi.json");
    return response.ok ? ((await response.json()) as Reference) : null;
  } catch {
    return null;
  }
}
