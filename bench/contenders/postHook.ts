import { createHmac } from "node:crypto";

import { SIGNATURE_HEADER, signedText, TIMESTAMP_HEADER } from "../../protocol/signature.ts";
import { TEST_SECRETS } from "../../test/support/stack.ts";
import { post } from "../post.ts";

/** Posts a body to the hook over a kept connection, signed as the Atlas function signs it. */
export function postHook(port: number, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", TEST_SECRETS.ATLAS_HOOK_SECRET).update(signedText(timestamp, body));
  const headers = { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature.digest("hex") };
  return post({ port, path: "/api/hooks/atlas", headers }, body);
}
