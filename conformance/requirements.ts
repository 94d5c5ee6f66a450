import type { Requirement } from "./testFile.ts";

/** What the server under test is. */
export interface ServerFacts {
  /** `7.0.0` */
  readonly version: string;
  readonly topology: "replicaset";
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Why no requirement of a list is met, `null` when one is (or nothing is required). */
export function unmetRequirements(
  facts: ServerFacts,
  requirements: readonly Requirement[] | undefined,
): string | null {
  if (requirements === undefined) return null;
  const problems = requirements.map((requirement) => unmet(facts, requirement));
  if (problems.includes(null)) return null;
  return [...new Set(problems)].join(", or ");
}

function unmet(facts: ServerFacts, requirement: Requirement): string | null {
  const { minServerVersion: least, maxServerVersion: most, topologies } = requirement;
  if (least !== undefined && compareVersions(facts.version, least) < 0) return `needs server ${least}`;
  if (most !== undefined && compareVersions(facts.version, most) > 0) return `needs server ${most} or older`;
  if (topologies !== undefined && !topologies.includes(facts.topology))
    return `needs ${topologies.join(" or ")}`;
  if (requirement.serverless === "require") return "needs a serverless instance";
  if (requirement.auth === true) return "needs users and passwords";
  if (requirement.csfle !== undefined && requirement.csfle !== false) return "needs client-side encryption";
  const parameter = Object.entries(requirement.serverParameters ?? {}).find(
    ([name, value]) => facts.parameters[name] !== value,
  );
  return parameter === undefined
    ? null
    : `needs the server parameter ${parameter[0]}: ${String(parameter[1])}`;
}

/** Parts that are missing count as equal: `4.2` is every `4.2.x` below a maximum, and the first one above a minimum. */
function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split(".").map(Number), right.split(".").map(Number)];
  for (const [index, part] of b.entries()) {
    const difference = (a[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
