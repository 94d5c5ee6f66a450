import * as z from "zod";

import type { User } from "../../protocol/user.ts";
import { documentOf } from "./documentOf.ts";
import { id } from "./fields.ts";

/** An account as its owner sees it. */
export const userDocument = documentOf<User>()(
  z.object({ _id: id, email: z.string(), name: z.string().describe("What others see.") }),
).meta({ id: "User", description: "An account as its owner sees it." });
