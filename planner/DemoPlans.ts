import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Week } from "../protocol/week.ts";
import { either } from "../durable-objects/database/either.ts";
import { writePlan } from "./planAccess.ts";
import { planOfWeek } from "./planOfWeek.ts";
import type { StoredShare } from "./storedDocuments.ts";
import type { PlannerClient, Store } from "./Store.ts";

/** Whose week visitors may look at, and by which link. */
export interface DemoToOpen {
  /** Normalized. */
  readonly email: string;
  readonly week: Week;
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** The plan of the week, and what is to be published. */
export interface OpenedDemo {
  readonly planId: string;
  readonly changes: readonly ChangeText[];
}

/** The query about the plan that visitors without an account see. */
export class DemoPlans extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Finds the week of the account's first household, and sees to it that the link leads there. Opened again, it changes
   * nothing. Refuses `not-found` where there is no such account, or where it has no household.
   */
  open(demo: DemoToOpen, now: Date): Promise<Answer<OpenedDemo>> {
    return this.#client.run("demoPlans.open", async (store) => {
      const user = await store.users.findOne({ email: demo.email }, { projection: { _id: 1 } });
      const household = user && (await firstHousehold(store, user._id.toString()));
      if (!user || !household) return refused("not-found");
      const query = { householdId: String(household["_id"]), week: demo.week, userId: user._id.toString() };
      const plan = await planOfWeek(store, query, now);
      if (!plan.ok) return plan;
      const { _id: planId } = JSON.parse(plan.value.data) as { readonly _id: string };
      const shared = await share(store, planId, user._id, demo, now);
      return good({ planId, changes: [...plan.value.changes, ...shared] });
    });
  }
}

function firstHousehold({ households }: Store, userId: string): Promise<Document | null> {
  return households.findOne(
    { "members.userId": either(userId) },
    { sort: { _id: 1 }, projection: { _id: 1 } },
  );
}

async function share(
  store: Store,
  planId: string,
  createdBy: ObjectId,
  { tokenHash, expiresAt }: DemoToOpen,
  now: Date,
): Promise<readonly ChangeText[]> {
  const link: StoredShare = { _id: new ObjectId(), tokenHash, expiresAt, createdBy, createdAt: now };
  const notYet = { _id: new ObjectId(planId), "shares.tokenHash": { $ne: tokenHash } };
  const written = await writePlan(store, notYet, { $push: { shares: link } }, now);
  return written?.changes ?? [];
}
