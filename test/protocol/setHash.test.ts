import * as fc from "fast-check";
import { expect, test } from "vitest";
import { contentHash } from "../../protocol/contentHash.ts";
import { EMPTY_SET, xorHash } from "../../protocol/setHash.ts";

function hashOf(items: readonly string[]): string {
  return items.map(contentHash).reduce(xorHash, EMPTY_SET);
}

test.each([
  ["", "0bdcb81aee8d83"],
  ["a", "1c2ba782c97901"],
  ['{"title":"Crème brûlée 🍮"}', "12077a67f8647f"],
])("a page of any release and a hub of any other find the same fingerprint of %j", (text, fingerprint) => {
  expect(contentHash(text)).toBe(fingerprint);
});

test("a set of one item has that item's fingerprint", () => {
  fc.assert(fc.property(fc.string(), (item) => void expect(hashOf([item])).toBe(contentHash(item))));
});

test("the order in which items came leaves no trace, nor does an item that came and went", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (items, visitor) => {
      expect(hashOf(items.toReversed())).toBe(hashOf(items));
      expect(hashOf([visitor, ...items, visitor])).toBe(hashOf(items));
    }),
  );
});

test("every bit of a fingerprint counts", () => {
  expect(xorHash("1fffffffffffff", EMPTY_SET)).toBe("1fffffffffffff");
  expect(xorHash("1fffffffffffff", "1fffffffffffff")).toBe(EMPTY_SET);
  expect(xorHash("10000000000001", "08000080000000")).toBe("18000080000001");
});
