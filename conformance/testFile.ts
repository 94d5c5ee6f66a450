import { z } from "zod";

const fields = z.record(z.string(), z.unknown());
const version = z.string().regex(/^\d+(\.\d+){0,2}$/, "must be a version");

const requirement = z.strictObject({
  minServerVersion: version.optional(),
  maxServerVersion: version.optional(),
  topologies: z.array(z.string()).min(1).optional(),
  serverless: z.enum(["require", "forbid", "allow"]).optional(),
  serverParameters: fields.optional(),
  auth: z.boolean().optional(),
  authMechanism: z.string().optional(),
  csfle: z.union([z.boolean(), fields]).optional(),
});

const requirements = z.array(requirement).min(1);

const clientDefinition = z.strictObject({
  id: z.string(),
  uriOptions: fields.optional(),
  useMultipleMongoses: z.boolean().optional(),
  observeEvents: z.array(z.string()).min(1).optional(),
  ignoreCommandMonitoringEvents: z.array(z.string()).min(1).optional(),
  observeSensitiveCommands: z.boolean().optional(),
  observeLogMessages: fields.optional(),
  observeTracingMessages: fields.optional(),
  serverApi: z
    .strictObject({
      version: z.string(),
      strict: z.boolean().optional(),
      deprecationErrors: z.boolean().optional(),
    })
    .optional(),
  storeEventsAsEntities: z
    .array(z.strictObject({ id: z.string(), events: z.array(z.string()).min(1) }))
    .optional(),
  autoEncryptOpts: fields.optional(),
  awaitMinPoolSizeMS: z.number().optional(),
});

/** One entity of a test file, by its kind: exactly one. */
const entityDefinition = z
  .strictObject({
    client: clientDefinition,
    clientEncryption: fields,
    database: z.strictObject({
      id: z.string(),
      client: z.string(),
      databaseName: z.string(),
      databaseOptions: fields.optional(),
    }),
    collection: z.strictObject({
      id: z.string(),
      database: z.string(),
      collectionName: z.string(),
      collectionOptions: fields.optional(),
    }),
    session: z.strictObject({ id: z.string(), client: z.string(), sessionOptions: fields.optional() }),
    bucket: z.strictObject({ id: z.string(), database: z.string(), bucketOptions: fields.optional() }),
    thread: z.strictObject({ id: z.string() }),
  })
  .partial()
  .refine((entity) => Object.keys(entity).length === 1, "must define exactly one entity");

const expectedError = z
  .strictObject({
    isError: z.literal(true).optional(),
    isClientError: z.boolean().optional(),
    isTimeoutError: z.boolean().optional(),
    errorContains: z.string().optional(),
    errorCode: z.number().optional(),
    errorCodeName: z.string().optional(),
    errorLabelsContain: z.array(z.string()).optional(),
    errorLabelsOmit: z.array(z.string()).optional(),
    writeErrors: fields.optional(),
    writeConcernErrors: z.array(fields).optional(),
    errorResponse: fields.optional(),
    expectResult: z.unknown().optional(),
  })
  .refine((error) => Object.keys(error).length > 0, "must expect something");

const operation = z
  .strictObject({
    name: z.string(),
    object: z.string(),
    arguments: fields.optional(),
    ignoreResultAndError: z.boolean().optional(),
    expectError: expectedError.optional(),
    expectResult: z.unknown().optional(),
    saveResultAsEntity: z.string().optional(),
  })
  .refine(({ expectError, expectResult }) => expectError === undefined || expectResult === undefined, {
    error: "cannot expect both an error and a result",
  });

/** The shape of an operation, also for those inside of other operations' arguments. */
export const operationSchema = operation;

/** The shape of a list of entities, also for those that an operation makes. */
export const entitiesSchema = z.array(entityDefinition).min(1);

const expectedEvents = z.strictObject({
  client: z.string(),
  eventType: z.enum(["command", "cmap", "sdam"]).optional(),
  events: z.array(z.record(z.string(), fields)),
  ignoreExtraEvents: z.boolean().optional(),
});

const collectionData = z.strictObject({
  collectionName: z.string(),
  databaseName: z.string(),
  createOptions: fields.optional(),
  documents: z.array(fields),
});

const test = z.strictObject({
  description: z.string(),
  runOnRequirements: requirements.optional(),
  skipReason: z.string().optional(),
  operations: z.array(operation),
  expectEvents: z.array(expectedEvents).min(1).optional(),
  expectLogMessages: z.array(z.unknown()).optional(),
  expectTracingMessages: z.array(z.unknown()).optional(),
  outcome: z.array(collectionData).min(1).optional(),
});

/** A file of MongoDB's unified test format. */
export const testFileSchema = z.strictObject({
  description: z.string(),
  schemaVersion: version,
  runOnRequirements: requirements.optional(),
  createEntities: entitiesSchema.optional(),
  initialData: z.array(collectionData).min(1).optional(),
  tests: z.array(test).min(1),
  _yamlAnchors: z.unknown().optional(),
});

export type TestFile = z.infer<typeof testFileSchema>;
export type Test = z.infer<typeof test>;
export type Operation = z.infer<typeof operation>;
export type Requirement = z.infer<typeof requirement>;
export type EntityDefinition = z.infer<typeof entityDefinition>;
export type ClientDefinition = z.infer<typeof clientDefinition>;
export type ExpectedError = z.infer<typeof expectedError>;
export type ExpectedEvents = z.infer<typeof expectedEvents>;
export type CollectionData = z.infer<typeof collectionData>;
