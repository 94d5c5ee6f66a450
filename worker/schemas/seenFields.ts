import type * as z from "zod";

interface Change {
  readonly was?: object | undefined;
}

/** What every description of `was` says. */
export const WAS = "What you saw in some of these fields: refused when they hold something else by now.";

/** A change of nothing is a mistake, and so is to tell what was seen in a field that stays. */
export function checkSeen({ was = {}, ...changes }: Change, context: z.RefinementCtx): void {
  if (Object.keys(changes).length === 0) context.addIssue("Nothing to change");
  const stay = Object.keys(was).filter((name) => !Object.hasOwn(changes, name));
  for (const name of stay) {
    context.addIssue({ code: "custom", path: ["was", name], message: "This field is not changed" });
  }
}
