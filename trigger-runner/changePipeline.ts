import { EJSON, type Document } from "bson";
import type { TriggerConfig } from "./appSchemas.ts";

/** The stages behind `$changeStream` that make a stream hold just what a trigger's function is to get. */
export function changePipeline(config: TriggerConfig["config"]): readonly Document[] {
  const operations = config.operation_types.map((type) => type.toLowerCase());
  const stages: Document[] = [{ $match: { operationType: { $in: operations } } }];
  if (Object.keys(config.match).length > 0) stages.push({ $match: EJSON.deserialize(config.match) });
  if (Object.keys(config.project).length > 0) stages.push({ $project: config.project });
  return stages;
}
