import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compilePipeline, type PipelineContext } from "../stages/compilePipeline.ts";
import type { Flow, RunningStage } from "../stages/Stage.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { checkTime } from "./checkTime.ts";
import type { CommandContext } from "./CommandContext.ts";
import { environmentOf } from "./environmentOf.ts";
import { findGivingWay, searchSteps } from "./findDocuments.ts";
import { pushDown } from "./pushDown.ts";
import { stringsOf } from "./stringsOf.ts";
import { pipelineSteps } from "./runPipeline.ts";
import { sourceStage } from "./sourceStages.ts";
import { resolveView } from "./views.ts";

/** What a pipeline is run with. */
export interface PipelineOptions {
  /** `let` of the command. */
  readonly variables?: BsonDocument | undefined;
  readonly collation?: BsonDocument | undefined;
  readonly hint?: unknown;
}

/** The results of a pipeline on a collection or a view, `null` for one that needs neither. */
export async function aggregateDocuments(
  context: CommandContext,
  name: string | null,
  pipeline: readonly BsonDocument[],
  options: PipelineOptions,
): Promise<readonly BsonDocument[]> {
  const view = name === null ? null : resolveView(context, name);
  const stages = view === null ? pipeline : [...view.pipeline, ...pipeline];
  const environment = environmentOf(context, options.variables, stringsOf(context, name, options.collation));
  const { documents, run } = await inputOf(context, view?.name ?? name, stages, environment, options.hint);
  return runGivingWay(pipelineSteps(documents, run), () => checkTime(context));
}

interface Input {
  readonly documents: readonly BsonDocument[];
  /** What is left to do with them. */
  readonly run: RunningStage;
}

/** What a pipeline begins with: a collection's documents, as few as its first stages ask for, or its own documents. */
async function inputOf(
  context: CommandContext,
  name: string | null,
  pipeline: readonly BsonDocument[],
  environment: Environment,
  hint: unknown,
): Promise<Input> {
  const [first, ...others] = pipeline;
  const source = sourceStage(context, name, first);
  const compile = (stages: readonly BsonDocument[]) =>
    compilePipeline(stages, pipelineContext(context, environment));
  if (source !== null) return { documents: source, run: compile(others) };
  if (name === null) {
    if (first !== undefined && Object.hasOwn(first, "$documents"))
      return { documents: [], run: compile(pipeline) };
    throw new CommandError(
      "InvalidNamespace",
      "{aggregate: 1} needs a first stage that brings its own documents",
    );
  }
  const whole = compile(pipeline);
  const { search, rest } = pushDown(pipeline);
  const run = rest.length === pipeline.length ? whole : compile(rest);
  const collection = context.view.collection(context.database, name);
  const found = await findGivingWay(context, collection, { ...search, environment, hint });
  return { documents: found.map((stored) => stored.document), run };
}

function pipelineContext(context: CommandContext, environment: Environment): PipelineContext {
  const own: PipelineContext = {
    environment,
    collection: (name) => {
      const view = resolveView(context, name);
      const found = context.view.collection(context.database, view?.name ?? name);
      const documents = documentsIn(searchSteps(context.view, found, { filter: {} }));
      return view === null ? documents : compilePipeline(view.pipeline, own)(documents);
    },
  };
  return own;
}

function* documentsIn(steps: ReturnType<typeof searchSteps>): Flow {
  for (;;) {
    const step = steps.next();
    if (step.done !== true) {
      yield null;
      continue;
    }
    for (const { document } of step.value) yield document;
    return;
  }
}
