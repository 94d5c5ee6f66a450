import type { AnyClientBulkWriteModel, Document } from "mongodb";
import type { ObservedClient } from "../ObservedClient.ts";
import { openCursor } from "./openCursor.ts";
import type { OperationTable } from "./OperationTable.ts";

/** What the format calls on a client. */
export const CLIENT_OPERATIONS: OperationTable<ObservedClient> = {
  clientBulkWrite: ({ client }, { models, ...options }) =>
    client.bulkWrite((models as readonly Document[]).map(toModel), options),
  close: ({ client }) => client.close(),
  createChangeStream: ({ client }, { pipeline, ...options }) => openCursor(client.watch(pipeline, options)),
  listDatabaseNames: async ({ client }, { filter, ...options }) => {
    const { databases } = await client
      .db()
      .admin()
      .listDatabases({ filter, ...options, nameOnly: true });
    return databases.map(({ name }) => name);
  },
  listDatabases: async ({ client }, options) => (await client.db().admin().listDatabases(options)).databases,
};

/** `{insertOne: {namespace, document}}` as the driver has it: `{name: "insertOne", namespace, document}`. */
function toModel(model: Document): AnyClientBulkWriteModel<Document> {
  const [entry] = Object.entries(model);
  const [name, fields] = entry ?? [];
  return { name, ...(fields as Document) } as AnyClientBulkWriteModel<Document>;
}
