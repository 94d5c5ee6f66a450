import type { ExportPlace } from "../planner/exportAccount.ts";
import type { AppRequest } from "./appContext.ts";
import { plannerDatabaseOf } from "./database.ts";
import { toldUser } from "./emailVerification.ts";
import { unwrap } from "./errors.ts";
import { openSessionsOf } from "./openSessionsOf.ts";
import { streamOfTexts } from "./streamOfTexts.ts";

/**
 * All that is kept about whoever is signed in, as JSON. It is written while it is read: nobody has to hold the whole of
 * it. Should the database go away half-way, the stream breaks off, and the browser says that the download has failed.
 * @throws ProblemError `not-found`, `database-unavailable`.
 */
export async function exportOf(c: AppRequest): Promise<ReadableStream<Uint8Array>> {
  const { userId } = c.var.identity;
  const { user, households, invitations } = unwrap(
    await plannerDatabaseOf(c, userId).profiles.exportHead(userId),
  );
  const passkeys = unwrap(await plannerDatabaseOf(c, userId).passkeys.list(userId));
  const sessions = await openSessionsOf(c);
  const head = {
    exportedAt: new Date().toISOString(),
    user: toldUser(c.env, user),
    households,
    invitations,
    sessions,
    passkeys,
  };
  return streamOfTexts(textOf(c, JSON.stringify(head)));
}

async function* textOf(c: AppRequest, head: string): AsyncGenerator<string> {
  yield `${head.slice(0, -1)},"plans":[`;
  yield* documentsOf(c, "mealPlans");
  yield `],"recipes":[`;
  yield* documentsOf(c, "recipes");
  yield `],"shoppingLines":[`;
  yield* documentsOf(c, "lists");
  yield "]}\n";
}

/** The documents of a collection, with commas between them. */
async function* documentsOf(c: AppRequest, collection: ExportPlace["collection"]): AsyncGenerator<string> {
  const { userId } = c.var.identity;
  let after: string | null = null;
  do {
    const page = await plannerDatabaseOf(c, userId).profiles.exportPage(userId, { collection, after });
    const { documents, last } = unwrap(page);
    const separator = after === null ? "" : ",\n";
    if (documents.length > 0) yield separator + documents.join(",\n");
    after = last;
  } while (after !== null);
}
