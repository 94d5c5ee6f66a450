import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "./StartError.ts";

const schema = z.strictObject({
  ATLAS_HOOK_SECRET: z.string().min(1),
  SESSION_SECRET: z.string().min(1),
  METRICS_TOKEN: z.string().min(1),
  // A file that is older than it has none.
  ADMIN_TOKEN: z.string().min(1).default(random),
});

export type LocalSecrets = z.output<typeof schema>;

/** The secrets of this machine, made on the first start and readable by their owner only. @throws StartError */
export async function localSecrets(dataDir: string): Promise<LocalSecrets> {
  const path = join(dataDir, "secrets.json");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return keep(dataDir, path, newSecrets(), "wx");
  const known = parseJson(text);
  const parsed = schema.safeParse(known);
  if (parsed.success && Object.hasOwn(known as object, "ADMIN_TOKEN")) return parsed.data;
  if (parsed.success) return keep(dataDir, path, parsed.data, "w");
  throw new StartError(`${path} does not hold our secrets: remove it, and new ones are made.`);
}

function newSecrets(): LocalSecrets {
  return {
    ATLAS_HOOK_SECRET: random(),
    SESSION_SECRET: random(),
    METRICS_TOKEN: random(),
    ADMIN_TOKEN: random(),
  };
}

async function keep(
  dataDir: string,
  path: string,
  secrets: LocalSecrets,
  flag: "w" | "wx",
): Promise<LocalSecrets> {
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag });
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
