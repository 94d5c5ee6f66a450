import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { fullCollation } from "../collation/compileCollation.ts";
import { CommandError } from "../errors/CommandError.ts";
import { BARE_ENVIRONMENT } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { compilePipeline } from "../stages/compilePipeline.ts";
import { clusteredIndexOf } from "./clusteredIndex.ts";
import { anything, collectionName, count, document, documents, flag } from "./parseArguments.ts";

const images = z.strictObject({ enabled: flag });

/** What `create` and `collMod` may say of the validator of a collection. */
export const validatorFields = {
  validator: document.optional(),
  validationLevel: z.enum(["off", "strict", "moderate"]).optional(),
  validationAction: z.enum(["error", "warn"]).optional(),
};

/** Whether the documents before and after each change are kept for change streams. */
export const imageFields = { changeStreamPreAndPostImages: images.optional() };

/** What `create` and `collMod` may say of a view. */
export const viewFields = { viewOn: z.string().optional(), pipeline: documents.optional() };

/** The fields of `create`. */
export const createArguments = z.strictObject({
  create: collectionName,
  ...validatorFields,
  ...imageFields,
  ...viewFields,
  capped: flag.optional(),
  size: count.optional(),
  max: count.optional(),
  collation: document.optional(),
  autoIndexId: anything.optional(),
  idIndex: anything.optional(),
  storageEngine: anything.optional(),
  indexOptionDefaults: anything.optional(),
  clusteredIndex: anything.optional(),
  timeseries: z.undefined({ error: "unsupported: time series" }).optional(),
  expireAfterSeconds: anything.optional(),
  encryptedFields: z.undefined({ error: "unsupported: encrypted collections" }).optional(),
  flags: anything.optional(),
});

const KEPT = [
  "capped",
  "size",
  "max",
  "viewOn",
  "pipeline",
  "collation",
  "validator",
  "validationLevel",
  "validationAction",
  "changeStreamPreAndPostImages",
  "clusteredIndex",
  "expireAfterSeconds",
];

/** The options of a new collection as they are kept; `sent` are the fields of its `create`. */
export function newOptions(sent: BsonDocument): BsonDocument {
  const { collation } = sent;
  const clusteredIndex = clusteredIndexOf(sent);
  const whole = { ...sent, clusteredIndex };
  const full: BsonDocument = isDocument(collation)
    ? { ...whole, collation: fullCollation(collation) }
    : whole;
  const options = Object.fromEntries(
    KEPT.flatMap((name) => (full[name] === undefined ? [] : [[name, full[name]]])),
  );
  if (options["capped"] !== true) {
    if (options["size"] !== undefined || options["max"] !== undefined)
      throw new CommandError("InvalidOptions", "the 'size' and 'max' fields need 'capped: true'");
    const { capped: _capped, ...rest } = options;
    return checkedOptions(rest);
  }
  if (!isNumeric(options["size"]) || toNumber(options["size"]) <= 0)
    throw new CommandError("InvalidOptions", "the 'size' field is required when 'capped' is true");
  return checkedOptions(options);
}

/** Throws for options that cannot be together, and for a validator that is no filter. */
export function checkedOptions(options: BsonDocument): BsonDocument {
  if (isDocument(options["validator"])) compileFilter(options["validator"]);
  if (options["viewOn"] === undefined && options["pipeline"] !== undefined)
    throw new CommandError("InvalidOptions", "'pipeline' requires 'viewOn' to also be specified");
  if (options["viewOn"] === "") throw new CommandError("BadValue", "'viewOn' cannot be empty");
  if (Array.isArray(options["pipeline"])) checkViewPipeline(options["pipeline"]);
  if (options["viewOn"] !== undefined && (options["capped"] === true || options["validator"] !== undefined))
    throw new CommandError("InvalidOptions", "a view can be neither capped nor have a validator");
  return options;
}

const NOT_IN_VIEWS = new Set(["$out", "$merge", "$changeStream"]);

/** Throws for stages that do not exist, and for those that a view cannot have. */
function checkViewPipeline(pipeline: readonly unknown[]): void {
  const refused = pipeline.filter(isDocument).find((stage) => NOT_IN_VIEWS.has(Object.keys(stage)[0] ?? ""));
  if (refused !== undefined)
    throw new CommandError(
      "OptionNotSupportedOnView",
      `The aggregation stage ${Object.keys(refused)[0]} of the pipeline cannot be used in a view definition`,
    );
  compilePipeline(pipeline, { environment: BARE_ENVIRONMENT, collection: () => [] });
}
