import { EJSON, type Document, Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from "bson";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { EjsonDocument } from "../../protocol/changeEvent.ts";
import { formatEventId, parseEventId } from "../../protocol/eventId.ts";

import { encodeFrame } from "../../protocol/sse.ts";
import { clusterTimeOfToken, formatVersion } from "../../protocol/version.ts";
import { mondayOf, weekAfter, weekOf } from "../../protocol/week.ts";
import { wireDocument } from "../../protocol/wireJson.ts";

function decode(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

function at(seconds: number, increment: number, token = ""): string {
  return formatVersion({ seconds, increment }, token);
}

function canonical(document: Document): EjsonDocument {
  return EJSON.serialize(document, { relaxed: false }) as EjsonDocument;
}

test("any text sent as data arrives at somebody else's decoder, line breaks unified", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (data) => {
      const [event] = decode(encodeFrame({ id: "a-1", event: "message", data }));
      expect(event?.data).toBe(data.replace(/\r\n|\r/g, "\n"));
      expect(event?.id).toBe("a-1");
    }),
  );
});

test.for(["a\nb", "a\rb", "a\r\nb", "a\0b"])(
  "an id or event with a line break or NUL is refused",
  (value) => {
    expect(() => encodeFrame({ id: value, data: "" })).toThrow(RangeError);
    expect(() => encodeFrame({ event: value, data: "" })).toThrow(RangeError);
  },
);

test("an event id that was written is read back; anything else is no id", () => {
  expect(parseEventId(formatEventId({ epoch: "k3j2", seq: 17 }))).toEqual({ epoch: "k3j2", seq: 17 });
  for (const text of ["", "-1", "a-", "a-1-2", "A-1", "a--1", "a-1.5", " a-1", `a-${"9".repeat(16)}`]) {
    expect(parseEventId(text)).toBeNull();
  }
});

test("a change event and a read of the same document become the same text", () => {
  const id = new ObjectId();
  const created = new Date(1763634000123);
  const stored = {
    _id: id,
    servings: new Int32(4),
    big: Long.fromNumber(42),
    half: new Double(0.5),
    createdAt: created,
  };
  const read = wireDocument(canonical(stored));
  // Atlas's functions are said to write 42 as a Long where the database holds an Int32.
  const posted = wireDocument(canonical({ ...stored, servings: Long.fromNumber(4) }));
  expect(JSON.stringify(posted)).toBe(JSON.stringify(read));
  expect(read).toEqual({
    _id: id.toHexString(),
    servings: 4,
    big: 42,
    half: 0.5,
    createdAt: created.toISOString(),
  });
});

test("relaxed and canonical Extended JSON become the same text", () => {
  const document = {
    n: 1,
    d: new Date(0),
    old: new Date(-1e14),
    o: new ObjectId(),
    list: [new Long(7), null, "x"],
  };
  const relaxed = EJSON.serialize(document, { relaxed: true }) as EjsonDocument;
  expect(wireDocument(relaxed)).toEqual(wireDocument(canonical(document)));
});

test("types that JSON lacks are shown as the nearest text and break nothing", () => {
  const odd = {
    decimal: Decimal128.fromString("0.10"),
    huge: Long.fromString("9007199254740993"),
    bytes: new Binary(Buffer.from("hi")),
    stamp: new Timestamp({ t: 5, i: 2 }),
    pattern: /a+/i,
    nan: Number.NaN,
    $looksLike: { $oid: 5 },
  };
  expect(wireDocument(canonical(odd))).toEqual({
    decimal: "0.10",
    huge: "9007199254740993",
    bytes: "aGk=",
    stamp: "5.2",
    pattern: "/a+/i",
    nan: "NaN",
    $looksLike: { $oid: 5 },
  });
});

test("versions sort as cluster times do, and a token comes after the bare time", () => {
  const sorted = [at(1, 2), at(1, 10), at(1, 10, "82AA"), at(1, 10, "82AB"), at(2, 1), at(0x7fffffff, 1)];
  expect(sorted.toSorted()).toEqual(sorted);
  expect(clusterTimeOfToken("82674F1A2B0000A003FF")).toEqual({ seconds: 0x674f1a2b, increment: 0xa003 });
  expect(clusterTimeOfToken("82zz")).toBeNull();
});

test("weeks follow ISO 8601 over the turn of the year", () => {
  expect(weekOf(new Date("2026-11-20T12:00:00Z"))).toBe("2026-W47");
  expect(weekOf(new Date("2027-01-03T23:59:59Z"))).toBe("2026-W53");
  expect(weekAfter("2026-W53", 1)).toBe("2027-W01");
  expect(mondayOf("2026-W47")?.toISOString()).toBe("2026-11-16T00:00:00.000Z");
  expect(mondayOf("2025-W53")).toBeNull();
  expect(mondayOf("soon")).toBeNull();
});
