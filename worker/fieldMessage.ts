import type * as z from "zod";

const TYPES: Readonly<Record<string, string>> = {
  string: "This must be text",
  number: "This must be a number",
  int: "This must be a whole number",
  array: "This must be a list",
  object: "This must be an object",
};

/** Says what is wrong with a field in words for the person who filled it in. A schema's own words come first. */
export function fieldMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "This is needed" : TYPES[issue.expected];
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "This must not be empty"
        : `At least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `At most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return issue.format === "email" ? "This is not an email address" : "This is not in the right form";
    case "invalid_value":
      return `One of: ${issue.values.join(", ")}`;
    case "unrecognized_keys":
      return `Unknown: ${issue.keys.join(", ")}`;
    default:
      return undefined;
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}
