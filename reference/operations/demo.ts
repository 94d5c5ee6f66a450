import { demoPlanDocument } from "../documents/demoPlan.ts";
import { json, WRITING, type ApiOperation } from "../operation.ts";

/** What `worker/routes/demo.ts` answers. */
export const demoOperations: readonly ApiOperation[] = [
  {
    id: "readDemoPlan",
    tag: "Meal plans",
    method: "get",
    path: "/api/demo-plan",
    summary: "The week that visitors may look at",
    description: "Of the account that `DEMO_ACCOUNT` names. The answer is kept for a minute.",
    caller: "anyone",
    answers: [json(200, "The plan, and the token by which it is read.", demoPlanDocument)],
    refuses: [...WRITING, "too-many-attempts"],
  },
];
