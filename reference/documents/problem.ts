import * as z from "zod";

import { PROBLEMS, type Problem, type ProblemCode } from "../../protocol/problem.ts";
import { documentOf } from "./documentOf.ts";
import { ownedHouseholdDocument } from "./household.ts";

const CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

const field = z.object({
  path: z.string().describe("Dotted, as in `entries.0.day`."),
  message: z.string().describe("What is wrong, in words for the person who filled it in."),
});

/** Every way in which the API says no. */
export const problemDocument = documentOf<Problem>()(
  z.object({
    type: z.string().describe("`about:blank`: what tells problems apart is `code`."),
    title: z.string(),
    status: z.number(),
    code: z.enum(CODES).describe("A stable name, made for programs. The set is closed."),
    detail: z.string().exactOptional(),
    fields: z.array(field).exactOptional().describe("The fields of the input that were refused."),
    current: z
      .unknown()
      .exactOptional()
      .describe("Of `changed-meanwhile`: the dish or the document as it is stored now, as you may see it."),
    households: z
      .array(ownedHouseholdDocument)
      .exactOptional()
      .describe(
        "Of `sole-owner`, when an account is to be deleted: the households that would have no owner.",
      ),
  }),
).meta({ id: "Problem", description: "Every way in which the API says no (RFC 9457)." });
