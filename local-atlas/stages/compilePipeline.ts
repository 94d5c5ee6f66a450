import { isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Flow, RunningStage, StageContext, StageOperator } from "./Stage.ts";
import { REFUSED_STAGES, STAGES } from "./stageTable.ts";

/** What a command gives to a pipeline. */
export type PipelineContext = Omit<StageContext, "compilePipeline">;

/** Compiles a pipeline; throws the server's error for a stage that does not exist or that we do not have. */
export function compilePipeline(stages: readonly unknown[], context: PipelineContext): RunningStage {
  const inner: StageContext = { ...context, compilePipeline: compileInner };
  const compiled = stages.map((stage) => {
    const [name, argument] = checkStage(stage);
    return findStage(name)(argument, inner, name);
  });
  return (input) => compiled.reduce((flow, stage) => stage(flow), input);
}

const MAX_DEPTH = 20;

function compileInner(stages: readonly unknown[], context: PipelineContext): RunningStage {
  const depth = (context.depth ?? 0) + 1;
  if (depth <= MAX_DEPTH) return compilePipeline(stages, { ...context, depth });
  throw new CommandError(
    "MaxSubPipelineDepthExceeded",
    `Maximum number of nested sub-pipelines exceeded. Limit is ${MAX_DEPTH}`,
  );
}

/** The name and argument of a stage; throws when it is none. */
export function checkStage(stage: unknown): readonly [string, unknown] {
  const entries = isDocument(stage) ? Object.entries(stage) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) {
    throw new CommandError(
      "MalformedStage",
      "A pipeline stage specification object must contain exactly one field.",
    );
  }
  findStage(entry[0]);
  return entry;
}

/** For a pipeline that reads no other collection, like that of an update. */
export function noOtherCollection(name: string): Flow {
  throw new CommandError("InvalidOptions", `the collection '${name}' cannot be read here`);
}

function findStage(name: string): StageOperator {
  const stage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (stage !== undefined) return stage;
  if (REFUSED_STAGES.has(name)) {
    throw new CommandError("CommandNotSupported", `${name} is not supported by this server`);
  }
  throw new CommandError("UnknownStage", `Unrecognized pipeline stage name: '${name}'`);
}
