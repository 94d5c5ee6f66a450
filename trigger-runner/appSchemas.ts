import { z } from "zod";

// The layout that Atlas exports, as far as it is emulated. What is not in here is refused: a setting that were
// silently ignored on the laptop would come to life in production.

const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "is up to 64 ASCII letters, digits, _ and -");
const functionName = z.string().regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, "is the name of a function");
const notEmulated = z.literal(false, "is not emulated here: only false works").default(false);

const project = z
  .record(z.string(), z.union([z.literal(0), z.literal(1)]))
  .refine((fields) => new Set(Object.values(fields)).size < 2, "takes all 0s or all 1s")
  .refine((fields) => fields["_id"] !== 0, "must keep _id: without it a change stream can't be resumed")
  .refine(keepsOperationType, "must keep operationType");

/** `triggers/<name>.json` */
export const triggerSchema = z.strictObject({
  id: z.string().optional(),
  name,
  type: z.literal("DATABASE", "is not emulated here: only DATABASE triggers are"),
  disabled: z.boolean().default(false),
  config: z.strictObject({
    service_name: name,
    database: z.string().min(1),
    collection: z.string().min(1),
    operation_types: z.array(z.enum(["INSERT", "UPDATE", "REPLACE", "DELETE"])).min(1),
    full_document: z.boolean().default(false),
    full_document_before_change: notEmulated,
    match: z.record(z.string(), z.unknown()).default({}),
    project: project.default({}),
    unordered: z.boolean().default(false),
    skip_catchup_events: notEmulated,
    tolerate_resume_errors: z.boolean().default(false),
    maximum_throughput: notEmulated,
  }),
  event_processors: z.strictObject({
    FUNCTION: z.strictObject({ config: z.strictObject({ function_name: functionName }) }),
  }),
});

/** `functions/config.json` */
export const functionsSchema = z.array(
  z.strictObject({
    name: functionName,
    private: z.boolean().default(false),
    run_as_system: z.boolean().default(false),
    disable_arg_logs: z.boolean().default(false),
  }),
);

/** `values/<name>.json`; with `from_secret`, `value` names the secret. */
export const valueSchema = z.strictObject({
  name,
  value: z.string(),
  from_secret: z.boolean().default(false),
});

/** `data_sources/<service>/config.json` */
export const dataSourceSchema = z.strictObject({
  name,
  type: z.literal("mongodb-atlas"),
  config: z.strictObject({
    clusterName: z.string(),
    readPreference: z.string().optional(),
    wireProtocolEnabled: z.boolean().optional(),
  }),
});

export type TriggerConfig = z.output<typeof triggerSchema>;
export type ValueConfig = z.output<typeof valueSchema>;

function keepsOperationType(fields: Readonly<Record<string, 0 | 1>>): boolean {
  const inclusive = Object.values(fields).includes(1);
  return inclusive ? fields["operationType"] === 1 : fields["operationType"] !== 0;
}
