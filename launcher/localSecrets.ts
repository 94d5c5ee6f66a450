import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "./StartError.ts";

const schema = z.strictObject({
  ATLAS_HOOK_SECRET: z.string().min(1),
  SESSION_SECRET: z.string().min(1),
  METRICS_TOKEN: z.string().min(1),
});

export type LocalSecrets = z.output<typeof schema>;

/** The secrets of this machine, made on the first start and readable by their owner only. @throws StartError */
export async function localSecrets(dataDir: string): Promise<LocalSecrets> {
  const path = join(dataDir, "secrets.json");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return makeSecrets(dataDir, path);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new StartError(`${path} does not hold our secrets: remove it, and new ones are made.`);
}

async function makeSecrets(dataDir: string, path: string): Promise<LocalSecrets> {
  const secrets = { ATLAS_HOOK_SECRET: random(), SESSION_SECRET: random(), METRICS_TOKEN: random() };
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new StartError(`${dataDir} can't be written: ${String(error)}.`);
  }
  return secrets;
}

function random(): string {
  return randomBytes(32).toString("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
