import { DurableObject } from "cloudflare:workers";

import { good } from "../../protocol/answer.ts";
import type { ObjectEnvironment } from "../environment.ts";
import { Connection } from "./Connection.ts";
import { Households } from "../../planner/Households.ts";
import { MealPlans } from "../../planner/MealPlans.ts";
import { Memberships } from "../../planner/Memberships.ts";
import { Recipes } from "../../planner/Recipes.ts";
import { Shares } from "../../planner/Shares.ts";
import { Users } from "../../planner/Users.ts";

/**
 * One of the few objects that talk to MongoDB. A Worker may not share a socket between requests and a connection for
 * each request is slow, so Workers and hubs ask here, in the words of the domain.
 */
export class Database extends DurableObject<ObjectEnvironment> {
  readonly #connection: Connection;
  readonly #users: Users;
  readonly #recipes: Recipes;
  readonly #households: Households;
  readonly #memberships: Memberships;
  readonly #mealPlans: MealPlans;
  readonly #shares: Shares;

  constructor(ctx: DurableObjectState, env: ObjectEnvironment) {
    super(ctx, env);
    this.#connection = new Connection(env.MONGODB_URI);
    this.#users = new Users(this.#connection);
    this.#recipes = new Recipes(this.#connection);
    this.#households = new Households(this.#connection);
    this.#memberships = new Memberships(this.#connection);
    this.#mealPlans = new MealPlans(this.#connection);
    this.#shares = new Shares(this.#connection);
  }

  get users(): Users {
    return this.#users;
  }

  get recipes(): Recipes {
    return this.#recipes;
  }

  get households(): Households {
    return this.#households;
  }

  get memberships(): Memberships {
    return this.#memberships;
  }

  get mealPlans(): MealPlans {
    return this.#mealPlans;
  }

  get shares(): Shares {
    return this.#shares;
  }

  /** Whether the database answers. */
  async ping(): Promise<boolean> {
    const answer = await this.#connection.run("ping", async ({ client }) => {
      await client.db("admin").command({ ping: 1 });
      return good(true);
    });
    return answer.ok;
  }
}
