import * as z from "zod";

import type { WireDocument } from "../../protocol/wireJson.ts";
import { checkStream } from "./checkStream.ts";
import type { Filter } from "../../protocol/filter.ts";
import type { ReaderRule, Stream, StreamKind } from "./Stream.ts";
import type { TopicRule } from "./topics.ts";
import type { View } from "./views.ts";

/** A stream as its author writes it down. See `Stream` for what each part means. */
export interface StreamDeclaration<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly collection: string;
  /** `documents` unless it says otherwise. */
  readonly kind?: StreamKind;
  readonly topic: TopicRule;
  readonly where?: Filter;
  readonly readers: readonly ReaderRule[];
  /** By kind of reader: `anyone`, `user`, `member`, `guest`, or the name of a role. */
  readonly views?: Readonly<Record<string, View>>;
  readonly fields?: readonly string[];
  readonly variables?: Shape;
  readonly filter?: (variables: z.output<z.ZodObject<Shape>>) => Filter;
  readonly accepts?: z.ZodType<WireDocument>;
  readonly presence?: boolean;
}

/** Declares a stream. @throws DeclarationError with a sentence that names the file and the field. */
export function defineStream<Shape extends z.ZodRawShape = z.ZodRawShape>(
  declaration: StreamDeclaration<Shape>,
): Stream {
  const { filter } = declaration;
  const stream: Stream = {
    name: declaration.name,
    collection: declaration.collection,
    kind: declaration.kind ?? "documents",
    topic: declaration.topic,
    where: declaration.where ?? null,
    readers: declaration.readers,
    views: declaration.views ?? {},
    hidden: hiddenFields(declaration),
    fields: declaration.fields ?? null,
    variables: z.strictObject(declaration.variables ?? {}),
    // The variables have passed the schema from which this type comes.
    filter: filter ? (given) => filter(given as z.output<z.ZodObject<Shape>>) : null,
    accepts: declaration.accepts ?? null,
    presence: declaration.presence ?? false,
  };
  checkStream(stream);
  return stream;
}

/** What every kind of reader is spared. A view that is a function may show anything. */
function hiddenFields<Shape extends z.ZodRawShape>({
  readers,
  views = {},
}: StreamDeclaration<Shape>): readonly string[] {
  const [first = [], ...others] = readers.map(({ as }) => {
    const view = views[as];
    return view === undefined || typeof view === "function" ? [] : view.omit;
  });
  return first.filter((field) => others.every((omitted) => omitted.includes(field)));
}
