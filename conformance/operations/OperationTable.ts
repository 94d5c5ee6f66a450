import type { Document } from "mongodb";

/** Operations on one kind of entity by their names in the format; arguments are as the driver takes them. */
export type OperationTable<Target> = Readonly<
  Record<string, (target: Target, args: Document) => Promise<unknown>>
>;
