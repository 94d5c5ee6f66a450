import * as z from "zod";

import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from "../../protocol/signature.ts";
import { hookBodySchema } from "../../worker/schemas/changeEvent.ts";
import { hookAnswerDocument } from "../documents/hookAnswer.ts";
import { accountSchema } from "../../worker/schemas/user.ts";
import { statusDocument } from "../documents/status.ts";
import { json, READING, type ApiOperation } from "../operation.ts";

const tag = "Operating";

/** What `worker/routes/hook.ts` and `worker/routes/status.ts` answer. */
export const operatorOperations: readonly ApiOperation[] = [
  {
    id: "publish",
    tag,
    method: "post",
    path: "/api/hooks/atlas",
    summary: "Publish change events",
    description:
      "One event or many, in canonical Extended JSON, as the Atlas trigger posts them. They may come twice, late, and in any order: sending them again is harmless.",
    caller: "publisher",
    headers: z.object({
      [TIMESTAMP_HEADER]: z.string().describe("Unix time in seconds. The clocks may differ by five minutes."),
      [SIGNATURE_HEADER]: z.string().describe('Hex HMAC-SHA256 of "<timestamp>.<raw body>".'),
    }),
    body: hookBodySchema,
    answers: [json(200, "What became of each event.", hookAnswerDocument)],
    refuses: ["invalid-signature", "hub-unavailable", "database-unavailable"],
  },
  {
    id: "readStatus",
    tag,
    method: "get",
    path: "/api/status",
    summary: "How the deployment is doing",
    description: "For everybody; hub by hub with the token of the metrics.",
    caller: "anyone",
    answers: [json(200, "The figures.", statusDocument)],
    refuses: [],
  },
  {
    id: "readMetrics",
    tag,
    method: "get",
    path: "/metrics",
    summary: "The same figures for Prometheus",
    caller: "operator",
    answers: [
      {
        status: 200,
        description: "The Prometheus text format.",
        content: { "text/plain; version=0.0.4; charset=utf-8": z.string() },
      },
    ],
    refuses: ["wrong-token"],
  },
  {
    id: "endSessionsOf",
    tag,
    method: "post",
    path: "/api/operator/end-sessions",
    summary: "Cut an account off",
    description:
      "Ends all its sessions and closes their streams, also while the database is away (by `userId`).",
    caller: "administrator",
    body: accountSchema,
    answers: [json(200, "How many were open.", z.object({ ended: z.int() }))],
    refuses: [...READING, "wrong-token", "not-found"],
  },
];
