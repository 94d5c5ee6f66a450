import type { Collection, Db, Document } from "mongodb";

/**
 * The app's collections. They are untyped on purpose: what comes out may have been typed by hand. What goes in is
 * checked against the types of `storedDocuments.ts` where it is made.
 */
export interface Collections {
  readonly users: Collection<Document>;
  readonly recipes: Collection<Document>;
  readonly lists: Collection<Document>;
  readonly goneLines: Collection<Document>;
  readonly households: Collection<Document>;
  readonly mealPlans: Collection<Document>;
  readonly calendars: Collection<Document>;
  readonly invites: Collection<Document>;
  readonly passkeys: Collection<Document>;
  readonly emailTokens: Collection<Document>;
}

/** The collections of a database. */
export function collectionsOf(db: Db): Collections {
  return {
    users: db.collection("users"),
    recipes: db.collection("recipes"),
    lists: db.collection("lists"),
    goneLines: db.collection("gonelines"),
    households: db.collection("households"),
    mealPlans: db.collection("mealplans"),
    calendars: db.collection("calendars"),
    invites: db.collection("invites"),
    passkeys: db.collection("passkeys"),
    emailTokens: db.collection("emailtokens"),
  };
}
