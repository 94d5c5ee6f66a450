import type { BsonDocument } from "../bson/BsonDocument.ts";

/** Gives a value for each document of a partition, which is in its order. */
export type WindowFunction = (partition: readonly BsonDocument[]) => readonly unknown[];

/** The documents that a window holds: positions in the partition, the end not included. */
export type Window = (partition: readonly BsonDocument[], index: number) => readonly [number, number];
