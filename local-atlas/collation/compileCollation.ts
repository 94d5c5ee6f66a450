import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";

const strength = z
  .custom<unknown>(isNumeric)
  .transform((value) => (isNumeric(value) ? toNumber(value) : 0))
  .refine((value) => [1, 2, 3].includes(value), "strength must be 1, 2 or 3 on this server");

const schema = z.strictObject({
  locale: z.string().min(1),
  strength: strength.optional(),
  caseLevel: z.boolean().optional(),
  caseFirst: z.enum(["upper", "lower", "off"]).optional(),
  numericOrdering: z.boolean().optional(),
  alternate: z.enum(["non-ignorable", "shifted"]).optional(),
  maxVariable: z.literal("punct").optional(),
  normalization: z.boolean().optional(),
  backwards: z.literal(false, "backwards is not supported by this server").optional(),
  version: z.string().optional(),
});

type Collation = z.infer<typeof schema>;

const compiled = new Map<string, StringOrder>();

/** The order of strings that a collation means; throws `BadValue` for one that does not exist or that we have not. */
export function compileCollation(collation: BsonDocument): StringOrder {
  const parsed = parse(collation);
  if (parsed.locale === "simple") return compareStrings;
  // Its defaults filled in, so that whoever asks for the same order gets the same function.
  const key = JSON.stringify(fullCollation(collation));
  const known = compiled.get(key) ?? new Intl.Collator(localeOf(parsed.locale), optionsOf(parsed)).compare;
  compiled.set(key, known);
  return known;
}

/** A collation with all its fields, as the server lists it. */
export function fullCollation(collation: BsonDocument): BsonDocument {
  const parsed = parse(collation);
  if (parsed.locale === "simple") return { locale: "simple" };
  return {
    caseLevel: false,
    caseFirst: "off",
    strength: 3,
    numericOrdering: false,
    alternate: "non-ignorable",
    maxVariable: "punct",
    normalization: false,
    backwards: false,
    version: "57.1",
    ...parsed,
  };
}

/**
 * A text that is the same for strings that are equal under a collation. Unlike the collation's own keys, which JavaScript
 * does not give, it has no order.
 */
export function foldString(text: string, collation: BsonDocument): string {
  const { locale, strength: level = 3, caseLevel } = parse(collation);
  if (locale === "simple" || level === 3) return text.normalize("NFC");
  const plain = level === 1 ? text.normalize("NFD").replaceAll(/\p{M}/gu, "") : text.normalize("NFC");
  return caseLevel === true
    ? plain
    : plain.toLocaleUpperCase(localeOf(locale)).toLocaleLowerCase(localeOf(locale));
}

function parse(collation: BsonDocument): Collation {
  const parsed = schema.safeParse(collation);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandError("BadValue", `Invalid collation: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  if (parsed.data.locale !== "simple" && !isKnown(parsed.data.locale)) {
    throw new CommandError("BadValue", `Field 'locale' is invalid in: { locale: "${parsed.data.locale}" }`);
  }
  return parsed.data;
}

/** `de_AT@collation=phonebook` is `de-AT-u-co-phonebk` to `Intl`. */
function localeOf(locale: string): string {
  const [name = "", keyword = ""] = locale.split("@");
  const kind = keyword.replace("collation=", "");
  const names: Readonly<Record<string, string>> = {
    phonebook: "phonebk",
    traditional: "trad",
    dictionary: "dict",
  };
  const extension = kind === "" ? "" : `-u-co-${names[kind] ?? kind}`;
  return `${name.replaceAll("_", "-")}${extension}`;
}

function isKnown(locale: string): boolean {
  try {
    return Intl.Collator.supportedLocalesOf(localeOf(locale)).length > 0;
  } catch {
    return false;
  }
}

function optionsOf(collation: Collation): Intl.CollatorOptions {
  return {
    sensitivity: sensitivityOf(collation),
    numeric: collation.numericOrdering ?? false,
    ignorePunctuation: collation.alternate === "shifted",
    ...(collation.caseFirst === undefined || collation.caseFirst === "off"
      ? {}
      : { caseFirst: collation.caseFirst }),
  };
}

function sensitivityOf({ strength: level, caseLevel }: Collation): "base" | "accent" | "case" | "variant" {
  if (level === 1) return caseLevel === true ? "case" : "base";
  return level === 2 && caseLevel !== true ? "accent" : "variant";
}
