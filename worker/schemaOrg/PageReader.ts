import { Parser } from "htmlparser2";

import { MicrodataReader } from "./MicrodataReader.ts";
import type { Node } from "./Node.ts";
import { parseJsonLd } from "./parseJsonLd.ts";

type Attributes = Readonly<Record<string, string>>;

/** What a page tells programs of itself, in its scripts (JSON-LD) and in its elements (microdata). */
export interface Described {
  /** What the scripts hold: things, or lists of them. */
  readonly scripts: readonly unknown[];
  /** The recipes that the elements describe. */
  readonly items: readonly Node[];
}

/** Elements within elements: for each that is closed the parser looks through all that are open. */
const DEEPEST = 1_000;

/** How often that is looked at, in characters. */
const PIECE = 65_536;

/** Reads a page, however broken it is, and stops where it is nested beyond all measure. */
export class PageReader {
  readonly #microdata = new MicrodataReader();
  readonly #scripts: unknown[] = [];
  /** The text of the script that is read. */
  #script: string[] | null = null;
  #depth = 0;

  read(html: string): Described {
    const parser = new Parser({
      onopentag: (name, attributes) => this.#open(name, attributes),
      ontext: (text) => this.#text(text),
      onclosetag: (name) => this.#close(name),
    });
    for (let at = 0; at < html.length && this.#depth <= DEEPEST; at += PIECE)
      parser.write(html.slice(at, at + PIECE));
    parser.end();
    return { scripts: this.#scripts, items: this.#microdata.items };
  }

  #open(name: string, attributes: Attributes): void {
    this.#depth++;
    if (name === "script") this.#script = isJsonLd(attributes["type"]) ? [] : null;
    else this.#microdata.open(name, attributes);
  }

  #text(text: string): void {
    if (this.#script) this.#script.push(text);
    else this.#microdata.text(text);
  }

  #close(name: string): void {
    this.#depth--;
    if (this.#script) this.#scripts.push(...parseJsonLd(this.#script.join("")));
    this.#script = null;
    if (name !== "script") this.#microdata.close(name);
  }
}

function isJsonLd(type: string | undefined): boolean {
  return /^\s*application\/ld\+json\b/i.test(type ?? "");
}
