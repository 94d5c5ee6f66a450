import { isNumbered, withoutBullet, withoutMark } from "./listMarks.ts";
import { readIngredient } from "./readIngredient.ts";
import { readServings } from "./readServings.ts";
import { type Section, sectionNamed } from "./sectionNamed.ts";

/** What was found in a recipe that somebody wrote as one text, or copied from somewhere. */
export interface RecipeInText {
  readonly title: string;
  readonly servings?: number;
  readonly ingredients: readonly string[];
  readonly steps: readonly string[];
  /** Where it is from, if the text says so. */
  readonly source: string | null;
  /** The lines that are none of these for certain. */
  readonly unread: readonly string[];
}

/** What a line is. */
type Kind = "title" | "source" | "ingredients" | "steps" | "unread";

const SOURCE = /^(?:(?:source|quelle|from|von):\s*(\S.*)|(https?:\/\/\S+))$/i;

/** Longer lines tell a story. */
const LONGEST_INGREDIENT = 120;

/**
 * Reads a recipe in English or German: its title in the first line, ingredients by their amounts or under a heading,
 * steps by their numbers or under a heading. Every line is in the answer, but for headings, numbers of steps, and the one
 * that says for how many people it is. Nothing else is in it.
 */
export function readRecipeText(text: string): RecipeInText {
  const found: Record<Kind, string[]> = { title: [], source: [], ingredients: [], steps: [], unread: [] };
  let section: Section | null = null;
  let servings: number | null = null;
  for (const line of linesOf(text)) {
    const heading = sectionNamed(line);
    const count = heading ? heading.servings : readServings(line);
    if (heading) section = heading.section;
    // Of two numbers of people neither is more true: the first stays, the second is left to the person.
    if (count !== null && servings === null) servings = count;
    else if (!heading || count !== null) keep(found, line, section);
  }
  const [title = ""] = found.title;
  return {
    title,
    ...(servings !== null && { servings }),
    ingredients: found.ingredients,
    steps: found.steps,
    source: found.source[0] ?? null,
    unread: found.unread,
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

function keep(found: Record<Kind, string[]>, line: string, section: Section | null): void {
  const source = SOURCE.exec(line);
  if (source && found.source.length === 0) {
    found.source.push(source[1] ?? source[2] ?? line);
    return;
  }
  const isFirst = Object.values(found).every((lines) => lines.length === 0);
  const kind = section ? kindWithin(section, line) : kindOutside(line, isFirst);
  const kept = {
    title: withoutHashes,
    source: asIs,
    ingredients: withoutBullet,
    steps: withoutMark,
    unread: asIs,
  };
  // Nothing but the number of a step is no step.
  found[kind].push(...[kept[kind](line)].filter(Boolean));
}

function kindWithin(section: Section, line: string): Kind {
  if (section === "steps") return "steps";
  // A name for what follows, as in “For the sauce:”, is nothing to buy.
  return section === "ingredients" && !line.endsWith(":") ? "ingredients" : "unread";
}

/** Without a heading a line has to speak for itself. */
function kindOutside(line: string, isFirst: boolean): Kind {
  if (isNumbered(line)) return "steps";
  if (isMeasured(withoutBullet(line))) return "ingredients";
  return isFirst ? "title" : "unread";
}

function isMeasured(line: string): boolean {
  return (
    line.length <= LONGEST_INGREDIENT && /^[\d½⅓⅔¼¾⅛.]/.test(line) && readIngredient(line).amount !== null
  );
}

function withoutHashes(line: string): string {
  return line.replace(/^#+\s+/, "");
}

function asIs(line: string): string {
  return line;
}
