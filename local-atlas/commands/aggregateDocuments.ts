import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkStage, runStages, type StageContext } from "../query/runStages.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { checkTime } from "./checkTime.ts";
import type { CommandContext } from "./CommandContext.ts";
import { findDocuments, findGivingWay } from "./findDocuments.ts";
import { pushDown } from "./pushDown.ts";
import { pipelineSteps } from "./runPipeline.ts";
import { sourceStage } from "./sourceStages.ts";
import { resolveView } from "./views.ts";

/** What a pipeline is run with. */
export interface PipelineOptions {
  /** `let` of the command. */
  readonly variables?: BsonDocument | undefined;
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
  const input = await inputOf(context, view?.name ?? name, stages, options);
  const steps = pipelineSteps(input.documents, input.stages, stageContext(context, options.variables));
  return runGivingWay(steps, () => checkTime(context));
}

interface Input {
  readonly documents: readonly BsonDocument[];
  /** What is left to do with them. */
  readonly stages: readonly BsonDocument[];
}

/** What a pipeline begins with: a collection's documents, as few as its first stages ask for, or its own documents. */
async function inputOf(
  context: CommandContext,
  name: string | null,
  pipeline: readonly BsonDocument[],
  { variables, hint }: PipelineOptions,
): Promise<Input> {
  const [first, ...others] = pipeline;
  const source = sourceStage(context, name, first);
  if (source !== null) return { documents: source, stages: others };
  if (name === null) {
    throw new CommandError(
      "InvalidNamespace",
      "{aggregate: 1} needs a first stage that brings its own documents",
    );
  }
  for (const stage of pipeline) checkStage(stage);
  const { search, rest } = pushDown(pipeline);
  const collection = context.view.collection(context.database, name);
  const found = await findGivingWay(context, collection, { ...search, variables, hint });
  return { documents: found.map((stored) => stored.document), stages: rest };
}

function stageContext(context: CommandContext, variables: BsonDocument | undefined): StageContext {
  const own: StageContext = {
    now: context.store.now(),
    ...(variables === undefined ? {} : { variables }),
    collection: (name) => {
      const view = resolveView(context, name);
      const found = context.view.collection(context.database, view?.name ?? name);
      const documents = findDocuments(context, found, { filter: {} }).map((stored) => stored.document);
      return view === null ? documents : runStages(documents, view.pipeline, own);
    },
  };
  return own;
}
