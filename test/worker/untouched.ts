import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { join, makeHome, type Person } from "../support/people.ts";
import { type Stack, startStack } from "../support/stack.ts";
import {
  ACCOUNT_ROUTES,
  type ApiRoute,
  type Belongings,
  furnish,
  INVITE_ROUTES,
  LAST_ROUTES,
  OWN_ROUTES,
  routesOf,
} from "./apiRoutes.ts";

/**
 * A household with an owner, a member and something of everything, in a database that no test of the file may change: a
 * refused request leaves nothing behind.
 */
export class Untouched {
  stack!: Stack;
  belongings!: Belongings;
  owner!: Person;
  member!: Person;
  #database!: DatabaseView;
  #before = "";

  /** Starts it for the tests of a file. */
  constructor() {
    beforeAll(() => this.#start());
    afterAll(() => this.#stop());
    beforeEach(() => this.rebase());
    afterEach(async () => {
      expect(await this.#database.everything(), "a refused request changed something").toBe(this.#before);
    });
  }

  /** All routes of the API, with bodies that they take. */
  get routes(): readonly ApiRoute[] {
    return [...ACCOUNT_ROUTES, ...INVITE_ROUTES, ...OWN_ROUTES, ...LAST_ROUTES, ...routesOf(this.belongings)];
  }

  /** Takes what the test itself has made as given. */
  async rebase(): Promise<void> {
    this.#before = await this.#database.everything();
  }

  async #start(): Promise<void> {
    this.stack = await startStack();
    this.#database = new DatabaseView(this.stack.mongoUri);
    const home = await makeHome(this.stack.url);
    this.belongings = await furnish(home);
    this.owner = home.owner;
    this.member = await join(home, "Grace");
  }

  async #stop(): Promise<void> {
    await this.#database.close();
    await this.stack.stop();
  }
}

/** How a route is called in a failure. */
export function nameOf({ method, path }: ApiRoute): string {
  return `${method} ${path}`;
}
