type Fields = Readonly<Record<string, unknown>>;

const ENDS = new Set(["commitTransaction", "abortTransaction"]);
const OWN_TIMEOUT_MS = 10_000;

/**
 * The command of an event without what only this driver adds: to the end of a transaction that has a write concern, it
 * adds a `wtimeout` that neither the test nor the specification has. The server is not what differs.
 */
export function withoutHabits(command: Fields, expected: Fields): Fields {
  const [name = ""] = Object.keys(command);
  const [concern, wanted] = [command["writeConcern"], expected["writeConcern"]];
  if (!ENDS.has(name) || !isFields(concern) || !isFields(wanted)) return command;
  if (concern["wtimeout"] !== OWN_TIMEOUT_MS || Object.hasOwn(wanted, "wtimeout")) return command;
  const { wtimeout: _own, ...rest } = concern;
  return { ...command, writeConcern: rest };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
