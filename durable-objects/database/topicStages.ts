import type { Document } from "mongodb";

import { sparedFields } from "../../streams/declare/sparedFields.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { keyValues } from "./topicFilter.ts";

const DOCUMENT_CHANGES = ["insert", "update", "replace", "delete"];

/** The stages that leave, of a collection's history, what may concern a topic: also what has left it. */
export function topicStages(stream: Stream, key: string): Document[] {
  const { topic } = stream;
  const ofDocuments = { $match: { operationType: { $in: DOCUMENT_CHANGES } } };
  if (topic.by !== "field") return [ofDocuments, ...projected(stream)];
  const { field } = topic;
  const concerns = [
    { [`fullDocument.${field}`]: keyValues(stream, key) },
    // An event of these does not say what the document was before.
    { operationType: { $in: ["delete", "replace"] } },
    { [`updateDescription.updatedFields.${field}`]: { $exists: true } },
    { "updateDescription.removedFields": field },
  ];
  return [ofDocuments, { $match: { $or: concerns } }, ...projected(stream)];
}

/** The stages that leave, of a collection's history, the changes of a topic of kind `changes`. */
export function changeStages(stream: Stream, key: string): Document[] {
  const ofDocuments = { $match: { operationType: { $in: DOCUMENT_CHANGES } } };
  if (stream.topic.by !== "id") return [ofDocuments];
  return [ofDocuments, { $match: { "documentKey._id": keyValues(stream, key) } }];
}

function projected(stream: Stream): Document[] {
  const { fields } = stream;
  const sent = fields
    ? Object.fromEntries(["_id", ...fields].map((field) => [`fullDocument.${field}`, 1]))
    : { fullDocument: 1 };
  const spared = sparedFields(stream).map((field) => [`fullDocument.${field}`, 0]);
  return [
    { $project: { _id: 1, operationType: 1, documentKey: 1, clusterTime: 1, wallTime: 1, ...sent } },
    ...(spared.length > 0 ? [{ $project: Object.fromEntries(spared) as Document }] : []),
  ];
}
