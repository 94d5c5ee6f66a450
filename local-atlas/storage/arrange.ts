import { type Access, hasKey, type IndexAccess } from "./access.ts";
import { ID_INDEX } from "./collectionInfo.ts";
import { indexEntries } from "./indexKeys.ts";
import type { StoredDocument } from "./StoredDocument.ts";

/**
 * Those of some documents that an access reaches, each once, in the order in which it would: for what no index has,
 * like the past and what a transaction has written.
 */
export function arrange(access: Access, candidates: readonly StoredDocument[]): readonly StoredDocument[] {
  switch (access.by) {
    case "scan":
      return candidates.toSorted((left, right) => (left.record - right.record) * access.direction);
    case "index":
      return arrangeByIndex(access, candidates);
    case "union":
      return unique(access.parts.flatMap((part) => arrangeByIndex(part, candidates)));
  }
}

interface Placed {
  readonly key: Uint8Array;
  readonly stored: StoredDocument;
}

function arrangeByIndex(
  access: IndexAccess,
  candidates: readonly StoredDocument[],
): readonly StoredDocument[] {
  const placed = unique(candidates).flatMap((stored): readonly Placed[] => {
    const keys = keysOf(access, stored).filter((key) => hasKey(access.ranges, key));
    const [first] = keys.toSorted((left, right) => Buffer.compare(left, right) * access.direction);
    return first === undefined ? [] : [{ key: first, stored }];
  });
  const ordered = placed.toSorted(
    (left, right) =>
      (Buffer.compare(left.key, right.key) || left.stored.record - right.stored.record) * access.direction,
  );
  return ordered.map(({ stored }) => stored);
}

function keysOf({ index }: IndexAccess, stored: StoredDocument): readonly Uint8Array[] {
  if (index.id === ID_INDEX.id) return [stored.key];
  return indexEntries(index, stored.document).keys.map(({ bytes }) => bytes);
}

function unique(found: readonly StoredDocument[]): readonly StoredDocument[] {
  return [...new Map(found.map((stored) => [stored.record, stored])).values()];
}
