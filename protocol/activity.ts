export const ACTIVITY_KINDS = ["added", "changed", "moved", "removed"] as const;

export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Fields of a dish. */
interface EntryPart {
  readonly [field: string]: string | number | null;
}

/** What somebody did to a dish on a plan, as its members are told. */
export interface ActivityLine {
  /** The key of the edit, or one made for it. */
  readonly _id: string;
  /** ISO 8601. */
  readonly at: string;
  /** `name` is `null` for somebody who is no member any more. */
  readonly by: { readonly userId: string; readonly name: string | null } | null;
  readonly kind: ActivityKind;
  readonly entryId: string;
  /** Of the dish after the edit. */
  readonly title: string;
  /** The fields that changed, as they were; the whole dish when it was removed, `null` when it was added. */
  readonly before: EntryPart | null;
  /** The fields that changed, as they became; the whole dish when it was added, `null` when it was removed. */
  readonly after: EntryPart | null;
  /** The fields whose text is longer than what is told here: it ends in `…`. */
  readonly cut: readonly string[];
}

/** The last edits of a plan, the newest first. */
export interface Activity {
  readonly activity: readonly ActivityLine[];
}
