import type { Answer } from "../protocol/answer.ts";
import type { Reader } from "../protocol/reader.ts";
import type { AppRequest } from "./appContext.ts";
import { hubOf } from "./hubs.ts";

/** The plan as its hub holds it, for when the database can't be asked: wire JSON, as this reader may see it. */
export async function heldPlan(c: AppRequest, planId: string, reader: Reader): Promise<Answer<string>> {
  return hubOf(c.env, planId).held(reader);
}
