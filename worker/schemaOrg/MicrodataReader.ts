import type { Node } from "./Node.ts";
import { startsLine } from "./startsLine.ts";

type Attributes = Readonly<Record<string, string>>;

/** A thing while its elements are read. */
type OpenNode = Record<string, unknown[]>;

/** An element that is not closed yet. */
interface OpenElement {
  readonly name: string;
  /** The thing that begins here. */
  readonly node: OpenNode | null;
  /** The properties that this element's text is the value of. */
  readonly properties: readonly string[];
  /** Whose properties. */
  readonly owner: OpenNode | null;
  /** Where its text begins. */
  readonly start: number;
}

/** Where an element keeps the value of its property, if not in its text. */
const VALUE_IN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "href",
    area: "href",
    audio: "src",
    data: "value",
    embed: "src",
    iframe: "src",
    img: "src",
    link: "href",
    meta: "content",
    meter: "value",
    object: "data",
    source: "src",
    time: "datetime",
    video: "src",
  }),
);

/** Texts within texts, each read once more: deeper ones belong to those around them only. */
const MOST_OPEN_TEXTS = 20;

/** Things within things, likewise. */
const MOST_OPEN_NODES = 20;

/** Reads the recipes that a page describes in its elements (`itemscope`, `itemprop`), one element after the other. */
export class MicrodataReader {
  readonly items: Node[] = [];
  readonly #open: OpenElement[] = [];
  readonly #nodes: OpenNode[] = [];
  #pieces: string[] = [];
  #openTexts = 0;

  open(name: string, attributes: Attributes): void {
    const owner = this.#nodes.at(-1) ?? null;
    if (owner && startsLine(name)) this.#pieces.push("\n");
    const node = "itemscope" in attributes ? this.#begin(attributes, owner !== null) : null;
    const names = owner ? wordsOf(attributes["itemprop"]) : [];
    const value = node ?? attributes["content"] ?? attributes[VALUE_IN.get(name) ?? ""];
    if (owner && value !== undefined) add(owner, names, value);
    const isText = value === undefined && names.length > 0 && this.#openTexts < MOST_OPEN_TEXTS;
    if (isText) this.#openTexts++;
    this.#open.push({ name, node, properties: isText ? names : [], owner, start: this.#pieces.length });
  }

  text(text: string): void {
    if (this.#nodes.length > 0) this.#pieces.push(text.replaceAll(/\s+/g, " "));
  }

  /** The parser closes what the page forgets to close, in order. */
  close(name: string): void {
    const element = this.#open.pop();
    if (!element) return;
    if (element.owner && element.properties.length > 0) {
      add(element.owner, element.properties, this.#pieces.slice(element.start).join(""));
      this.#openTexts--;
    }
    if (this.#nodes.length > 0 && startsLine(name)) this.#pieces.push("\n");
    if (element.node) this.#nodes.pop();
    if (this.#nodes.length === 0) this.#pieces = [];
  }

  #begin(attributes: Attributes, isInner: boolean): OpenNode | null {
    const types = wordsOf(attributes["itemtype"]);
    const isRecipe = types.some((type) => /schema\.org\/Recipe$/i.test(type));
    if ((!isInner && !isRecipe) || this.#nodes.length >= MOST_OPEN_NODES) return null;
    // Pages choose the names of properties: none is there before.
    const node: OpenNode = Object.assign(Object.create(null) as OpenNode, { "@type": [...types] });
    this.#nodes.push(node);
    // A recipe that is a part of another thing is found here all the same.
    if (isRecipe) this.items.push(node);
    return node;
  }
}

function add(node: OpenNode, names: readonly string[], value: unknown): void {
  for (const name of names) (node[name] ??= []).push(value);
}

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? "").split(/\s+/).filter(Boolean);
}
