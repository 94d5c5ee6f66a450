import type { Household } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { User } from "../../protocol/user.ts";

/** Somebody who is signed in: their cookie goes with every request. */
export class Person {
  readonly url: string;
  readonly cookie: string;
  readonly user: User;

  constructor(url: string, cookie: string, user: User) {
    this.url = url;
    this.cookie = cookie;
    this.user = user;
  }

  /** Sends a request with this person's cookie; a body goes as JSON. */
  request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Like `request`, but for an answer that has to be good. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}

let people = 0;

/** Registers somebody new. */
export async function register(url: string, name = "Ada"): Promise<Person> {
  const email = `person${++people}.${process.pid}@example.com`;
  return enter(url, "register", { email, name, password: "a long password" });
}

let addresses = 0;

/** An internet address that nobody has come from yet. */
export function newAddress(): string {
  addresses++;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Signs somebody in. */
export async function enter(url: string, door: "login" | "register", body: unknown): Promise<Person> {
  const response = await fetch(`${url}/api/users/${door}`, {
    method: "POST",
    // Each from an address of their own: what is limited by address is not what most tests are about.
    headers: { "content-type": "application/json", "cf-connecting-ip": newAddress() },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${door}: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return new Person(url, cookie, (await response.json()) as User);
}

/** A person with a household and its plan of this week. */
export interface Home {
  readonly owner: Person;
  readonly household: Household;
  readonly plan: MealPlan;
}

/** Makes somebody with a household of their own. */
export async function makeHome(url: string, name = "Ada"): Promise<Home> {
  const owner = await register(url, name);
  const household = await owner.json<Household>("POST", "/api/households", { name: `${name}'s home` });
  const plan = await owner.json<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
  return { owner, household, plan };
}

/** Brings somebody new into a household. */
export async function join(home: Home, name: string): Promise<Person> {
  const path = `/api/households/${home.household._id}/invites`;
  const { token } = await home.owner.json<{ token: string }>("POST", path);
  const person = await register(home.owner.url, name);
  await person.json("POST", `/api/invites/${token}/accept`);
  return person;
}
