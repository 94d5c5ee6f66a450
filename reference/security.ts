import { SIGNATURE_HEADER } from "../protocol/signature.ts";
import type { Caller } from "./operation.ts";

/** How callers say who they are, as OpenAPI has it. */
export const SECURITY_SCHEMES = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "session",
    description: "Set by signing in. Over https its name is `__Host-session`.",
  },
  shareLink: {
    type: "apiKey",
    in: "query",
    name: "share",
    description: "The token of a share link. The cookie is then not looked at.",
  },
  signature: {
    type: "apiKey",
    in: "header",
    name: SIGNATURE_HEADER,
    description: "Hex HMAC-SHA256 with `ATLAS_HOOK_SECRET`.",
  },
  adminToken: { type: "http", scheme: "bearer", description: "`ADMIN_TOKEN`." },
  metricsToken: { type: "http", scheme: "bearer", description: "`METRICS_TOKEN`." },
} as const;

/** What each caller needs: one of these. An empty one says that nothing is needed. */
export const SECURITY: Readonly<
  Record<Caller, readonly Readonly<Partial<Record<keyof typeof SECURITY_SCHEMES, string[]>>>[]>
> = {
  anyone: [],
  user: [{ session: [] }],
  reader: [{ session: [] }, { shareLink: [] }],
  administrator: [{ adminToken: [] }],
  operator: [{ metricsToken: [] }],
  publisher: [{ signature: [] }],
};
