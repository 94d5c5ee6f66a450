import { readServings } from "./readServings.ts";

/** The parts of a recipe that is written as one text. */
export type Section = "ingredients" | "steps" | "notes";

/** A heading, and for how many people it says the recipe is. */
export interface Heading {
  readonly section: Section;
  readonly servings: number | null;
}

const NAMES: readonly (readonly [Section, RegExp])[] = [
  ["ingredients", /^(?:ingredients?|you(?:[’']ll| will) need|what you(?:[’']ll| will)? need|zutaten)\b/i],
  [
    "steps",
    /^(?:methods?|instructions?|directions?|preparation|steps?|procedure|how to (?:make it|cook it)|zubereitung|anleitung|schritte|(?:und )?so geht[’']s)\b/i,
  ],
  ["notes", /^(?:notes?|tips?|tipps?|hinweise?|nutrition(?: facts| information)?|nährwerte|equipment)\b/i],
];

/** Reads a line like “Ingredients”, “## Method:” or “Zutaten für 4 Personen”; `null` for one that is no heading. */
export function sectionNamed(line: string): Heading | null {
  const text = line.replaceAll(/^[#*_\s]+|[*_:\s]+$/g, "");
  const [section, name] = NAMES.find(([, pattern]) => pattern.test(text)) ?? [];
  if (section === undefined || name === undefined) return null;
  const rest = text.replace(name, "").replace(/^[\s:,]+/, "");
  if (rest === "") return { section, servings: null };
  const servings = readServings(rest);
  return servings === null ? null : { section, servings };
}
