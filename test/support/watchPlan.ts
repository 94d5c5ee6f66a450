import { expect, onTestFinished } from "vitest";

import type { Home, Person } from "./people.ts";
import { expectProblem } from "./problems.ts";
import { StreamReader } from "./streamReader.ts";

/** Opens the plan of a home for somebody, until the test is over. */
export async function watchPlan(person: Person, { plan }: Pick<Home, "plan">): Promise<StreamReader> {
  const url = `${person.url}/api/streams/mealplans/${plan._id}`;
  const reader = await StreamReader.open(url, { headers: { cookie: person.cookie } });
  onTestFinished(() => reader.close());
  await reader.untilEvent("live");
  return reader;
}

/** Expects that a stream has ended with its session, which opens nothing any more. */
export async function expectCutOff(person: Person, stream: StreamReader): Promise<void> {
  expect(JSON.parse((await stream.untilEvent("reauth")).data)).toEqual({ reason: "signed-out" });
  await stream.untilEnded();
  await expectProblem(await person.request("GET", "/api/households"), "signed-out");
}
