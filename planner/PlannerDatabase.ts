import { Database } from "../durable-objects/database/Database.ts";
import { DatabaseClient } from "../durable-objects/database/DatabaseClient.ts";
import { ensureStreamIndexes } from "../durable-objects/database/streamIndexes.ts";
import { streams } from "../streams/index.ts";
import { Calendars } from "./Calendars.ts";
import { collectionsOf } from "./collections.ts";
import { DemoPlans } from "./DemoPlans.ts";
import { Emails } from "./Emails.ts";
import { Households } from "./Households.ts";
import { ensureIndexes } from "./indexes.ts";
import { Invites } from "./Invites.ts";
import { MealPlans } from "./MealPlans.ts";
import { Memberships } from "./Memberships.ts";
import { Passkeys } from "./Passkeys.ts";
import { Profiles } from "./Profiles.ts";
import { Recipes } from "./Recipes.ts";
import { Recovery } from "./Recovery.ts";
import { Shares } from "./Shares.ts";
import { ShoppingLists } from "./ShoppingLists.ts";
import type { Store } from "./Store.ts";
import { Users } from "./Users.ts";

/** The planner's `Database`: the queries of its streams, and those of the app in the words of the domain. */
export class PlannerDatabase extends Database {
  readonly #users: Users;
  readonly #emails: Emails;
  readonly #profiles: Profiles;
  readonly #passkeys: Passkeys;
  readonly #recovery: Recovery;
  readonly #recipes: Recipes;
  readonly #shoppingLists: ShoppingLists;
  readonly #households: Households;
  readonly #memberships: Memberships;
  readonly #invites: Invites;
  readonly #calendars: Calendars;
  readonly #mealPlans: MealPlans;
  readonly #shares: Shares;
  readonly #demoPlans: DemoPlans;

  constructor(ctx: DurableObjectState, env: Env) {
    const client = new DatabaseClient<Store>({
      uri: env.MONGODB_URI,
      open: (database) => ({ ...database, ...collectionsOf(database.db) }),
      prepare: async (store) => {
        await Promise.all([ensureIndexes(store), ensureStreamIndexes(store.db, streams)]);
      },
    });
    super(ctx, env, client, streams);
    this.#users = new Users(client);
    this.#emails = new Emails(client);
    this.#profiles = new Profiles(client);
    this.#passkeys = new Passkeys(client);
    this.#recovery = new Recovery(client);
    this.#recipes = new Recipes(client);
    this.#shoppingLists = new ShoppingLists(client);
    this.#households = new Households(client);
    this.#memberships = new Memberships(client);
    this.#invites = new Invites(client);
    this.#calendars = new Calendars(client);
    this.#mealPlans = new MealPlans(client);
    this.#shares = new Shares(client);
    this.#demoPlans = new DemoPlans(client);
  }

  get users(): Users {
    return this.#users;
  }

  get emails(): Emails {
    return this.#emails;
  }

  get profiles(): Profiles {
    return this.#profiles;
  }

  get passkeys(): Passkeys {
    return this.#passkeys;
  }

  get recovery(): Recovery {
    return this.#recovery;
  }

  get recipes(): Recipes {
    return this.#recipes;
  }

  get shoppingLists(): ShoppingLists {
    return this.#shoppingLists;
  }

  get households(): Households {
    return this.#households;
  }

  get memberships(): Memberships {
    return this.#memberships;
  }

  get invites(): Invites {
    return this.#invites;
  }

  get calendars(): Calendars {
    return this.#calendars;
  }

  get mealPlans(): MealPlans {
    return this.#mealPlans;
  }

  get shares(): Shares {
    return this.#shares;
  }

  get demoPlans(): DemoPlans {
    return this.#demoPlans;
  }
}
