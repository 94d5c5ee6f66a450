import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  dataSourceSchema,
  functionsSchema,
  triggerSchema,
  valueSchema,
  type TriggerConfig,
  type ValueConfig,
} from "./appSchemas.ts";

/** What `atlas-functions/` holds, read and checked. */
export interface App {
  /** The enabled triggers. */
  readonly triggers: readonly TriggerConfig[];
  /** Source text of each function that a trigger runs, by name. */
  readonly functions: ReadonlyMap<string, string>;
  /** What `context.values.get` answers, by name. */
  readonly values: ReadonlyMap<string, string>;
}

/** A mistake in `atlas-functions/`, told in one sentence that names the file. */
export class AppError extends Error {
  override readonly name = "AppError";
}

/**
 * Reads an app in the layout that Atlas exports.
 * @param given values by name; they replace those of the files, and stand in for the secrets that only Atlas has.
 * @throws AppError for a file that is missing or that holds something which is not emulated.
 */
export async function readApp(directory: string, given: Readonly<Record<string, string>>): Promise<App> {
  const all = await readEach(join(directory, "triggers"), triggerSchema);
  const triggers = all.filter((trigger) => !trigger.disabled);
  const services = await readServices(join(directory, "data_sources"));
  for (const trigger of triggers) checkService(trigger, services);
  return {
    triggers,
    functions: await readFunctions(join(directory, "functions"), triggers),
    values: new Map((await readValues(directory)).map((value) => [value.name, resolve(value, given)])),
  };
}

/** The name of the function that a trigger runs. */
export function functionOf(trigger: TriggerConfig): string {
  return trigger.event_processors.FUNCTION.config.function_name;
}

async function readFunctions(
  directory: string,
  triggers: readonly TriggerConfig[],
): Promise<ReadonlyMap<string, string>> {
  const configs = await readJson(join(directory, "config.json"), functionsSchema);
  const known = new Set(configs.map((config) => config.name));
  const functions = new Map<string, string>();
  for (const trigger of triggers) {
    const name = functionOf(trigger);
    if (!known.has(name)) throw new AppError(`${directory}/config.json lacks the function "${name}".`);
    functions.set(name, await readText(join(directory, `${name}.js`)));
  }
  return functions;
}

async function readServices(directory: string): Promise<ReadonlySet<string>> {
  const folders = await readdir(directory).catch(() => []);
  const configs = await Promise.all(
    folders.map((folder) => readJson(join(directory, folder, "config.json"), dataSourceSchema)),
  );
  return new Set(configs.map((config) => config.name));
}

function checkService(trigger: TriggerConfig, services: ReadonlySet<string>): void {
  const service = trigger.config.service_name;
  if (services.has(service)) return;
  throw new AppError(`The trigger "${trigger.name}" names the data source "${service}", which is not there.`);
}

async function readValues(directory: string): Promise<readonly ValueConfig[]> {
  return readEach(join(directory, "values"), valueSchema);
}

function resolve(value: ValueConfig, given: Readonly<Record<string, string>>): string {
  const own = given[value.name];
  if (own !== undefined) return own;
  if (!value.from_secret) return value.value;
  throw new AppError(
    `The value "${value.name}" is linked to a secret that only Atlas has: give it one here.`,
  );
}

async function readEach<Schema extends z.ZodType>(
  directory: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const files = (await readdir(directory).catch(() => []))
    .filter((file) => file.endsWith(".json"))
    .toSorted();
  return Promise.all(files.map((file) => readJson(join(directory, file), schema)));
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const checked = schema.safeParse(parseJson(path, await readText(path)));
  if (checked.success) return checked.data;
  const issues = checked.error.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`);
  throw new AppError(`${path}: ${issues.join("; ")}.`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError(`${path} is not JSON.`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new AppError(`${path} can't be read.`);
  }
}
