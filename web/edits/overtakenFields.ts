import { sameValue } from "../../protocol/sameValue.ts";
import { record } from "../api/reading.ts";
import type { Failure } from "../api/request.ts";
import { alterationOf, type Fields } from "./alteration.ts";
import type { Work } from "./work.ts";

/** The fields, with what is stored in them now, of which somebody else's edit and this one make different things. */
export function overtakenFields(work: Work, refusal: Failure): Fields {
  const alteration = alterationOf(work);
  if (refusal.code !== "changed-meanwhile" || !alteration) return {};
  const { change, was } = alteration;
  const current = record(refusal.current);
  const names = Object.keys(was).filter((name) => {
    const stored = current[name] ?? null;
    return !sameValue(stored, was[name]) && !sameValue(stored, change[name]);
  });
  return Object.fromEntries(names.map((name) => [name, current[name] ?? null]));
}
