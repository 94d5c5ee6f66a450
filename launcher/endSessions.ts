import { fileURLToPath } from "node:url";
import { z } from "zod";
import { localSecrets } from "./localSecrets.ts";

// `npm run end-sessions -- <email or user id>`: cuts an account off, at MEALCAST_URL or at what runs on this machine.

const environment = z
  .object({
    MEALCAST_URL: z.url("must be the address of the Worker").default("http://127.0.0.1:8787"),
    ADMIN_TOKEN: z.string().optional(),
    DATA_DIR: z.string().default(fileURLToPath(new URL("../.data", import.meta.url))),
  })
  .parse(process.env);

const [account] = process.argv.slice(2);

if (account === undefined) {
  console.error("Say whose: `npm run end-sessions -- <email or user id>`.");
  process.exit(1);
}

const token = environment.ADMIN_TOKEN ?? (await localSecrets(environment.DATA_DIR)).ADMIN_TOKEN;
const response = await fetch(new URL("/api/operator/end-sessions", environment.MEALCAST_URL), {
  method: "POST",
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  body: JSON.stringify(account.includes("@") ? { email: account } : { userId: account }),
});
const answer = (await response.json()) as { readonly ended?: number; readonly title?: string };
if (response.ok) console.log(`${answer.ended} sessions of ${account} were ended.`);
else console.error(`${account}: ${answer.title} (${response.status})`);
process.exit(response.ok ? 0 : 1);
