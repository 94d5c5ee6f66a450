import type { DemoPlan } from "../../protocol/demoPlan.ts";
import { record, text } from "./reading.ts";
import { request, type Result } from "./request.ts";

/** The week that visitors may look at, if there is one. */
export function fetchDemoPlan(): Promise<Result<DemoPlan>> {
  return request("/api/demo-plan", readDemoPlan);
}

function readDemoPlan(value: unknown): DemoPlan {
  const plan = record(record(value)["plan"]);
  const _id = text(plan["_id"]);
  return { plan: _id === "" ? null : { _id, share: text(plan["share"]) } };
}
