import type { Context } from "hono";
import { accepts } from "hono/accepts";

/** The forms in which a topic is answered, and the ranges of media types that ask for each, the most specific first. */
const RANGES = {
  // Also for a client that takes anything.
  "text/event-stream": ["text/event-stream", "text/*", "*/*"],
  "application/json": ["application/json"],
} as const;

const FORMS = ["text/event-stream", "application/json"] as const satisfies readonly (keyof typeof RANGES)[];

export type Form = (typeof FORMS)[number] | "websocket";

/** The form in which the client wants a topic; `null` when it takes none of them. */
export function wantedForm(c: Pick<Context, "req">): Form | null {
  if (c.req.header("upgrade")?.toLowerCase() === "websocket") return "websocket";
  if (!c.req.header("accept")) return FORMS[0];
  const form = accepts(c as Context, {
    header: "Accept",
    supports: [...FORMS],
    default: "",
    match: (accepted) => best(accepted),
  });
  return FORMS.find((known) => known === form) ?? null;
}

interface Accepted {
  readonly type: string;
  readonly q: number;
}

function best(accepted: readonly Accepted[]): string {
  const weights = FORMS.map((form) => weightOf(form, accepted));
  const most = Math.max(...weights);
  return most > 0 ? (FORMS[weights.indexOf(most)] ?? "") : "";
}

/** The most specific range decides, whatever the others weigh. */
function weightOf(form: keyof typeof RANGES, accepted: readonly Accepted[]): number {
  const range = RANGES[form]
    .map((type) => accepted.find((entry) => entry.type.toLowerCase() === type))
    .find((entry) => entry !== undefined);
  return range?.q ?? 0;
}
