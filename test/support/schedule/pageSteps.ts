import * as fc from "fast-check";

import type { Return } from "./ModelPage.ts";

/** One thing that happens to a page, or to hubs. `page` counts round the pages of the schedule. */
export type PageStep =
  | { readonly kind: "crash" | "settle" }
  | {
      readonly kind: "join";
      readonly page: number;
      readonly how: Return;
      readonly overSocket: boolean;
      /** While something is published. */
      readonly during: boolean;
    }
  | { readonly kind: "stall" | "read" | "leave" | "vanish"; readonly page: number };

/** A flood overflows what the runtime and the sockets buffer for a client that does not read. */
export const FLOOD = { changes: 20, kilobytes: 800 } as const;

const page = fc.nat({ max: 5 });

const RETURNS: readonly Return[] = [
  "anew",
  "continuing",
  "continuing",
  "from-before",
  "from-another-life",
  "from-the-future",
];

const join: fc.Arbitrary<PageStep> = fc.record({
  kind: fc.constant("join" as const),
  page,
  how: fc.constantFrom(...RETURNS),
  overSocket: fc.boolean(),
  during: fc.boolean(),
});

/** What happens to pages and hubs whatever the stream is. Weights, to be put beside those of its changes. */
export const pageSteps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<PageStep> }[] = [
  { weight: 6, arbitrary: join },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("stall", "read", "leave", "vanish"), page }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("crash", "settle") }) },
];
