import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";

/** What a test needs to know of an operation. */
interface Operation {
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface BodySchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The served OpenAPI document. */
interface Reference {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}

/** Holds what the API answers against its published reference. */
export class ApiReference {
  readonly document: Reference;
  /** The operations that have given a good answer. */
  readonly answered = new Set<string>();
  readonly #ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });

  constructor(document: Reference) {
    this.document = document;
    addFormats(this.#ajv);
    this.#ajv.addSchema(closed(document) as object, "api");
  }

  /** Reads the reference where it is served. */
  static async of(url: string): Promise<ApiReference> {
    const response = await fetch(`${url}/openapi.json`);
    expect(response.headers.get("content-type")).toContain("application/json");
    return new ApiReference((await response.json()) as Reference);
  }

  /** All operations, as `get /api/recipes`. */
  get operations(): readonly string[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
  }

  /** The operation that an address belongs to. */
  operationOf(method: string, address: string): string {
    const [path = ""] = address.split("?");
    const found = this.operations.find((operation) => {
      const template = operation.replace(/\{\w+\}/g, "[^/]+");
      return new RegExp(`^${template}$`).test(`${method.toLowerCase()} ${path}`);
    });
    if (!found) throw new Error(`The reference does not name ${method} ${path}`);
    return found;
  }

  /** Expects an answer to be one that the reference names for an operation, with a body of the shape that it says. */
  async expectAnswer(operation: string, response: Response): Promise<void> {
    const text = await response.text();
    const what = `${operation} answered ${response.status} ${text.slice(0, 300)}`;
    const pointer = this.#responsePointer(operation, response.status, what);
    const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
    const { content } = this.#at(pointer) as Answer;
    if (text === "") expect(content, what).toBeUndefined();
    else if (type.endsWith("json"))
      this.expectShape(`${pointer}/content/${escaped(type)}/schema`, JSON.parse(text));
    else expect(Object.keys(content ?? {}).join(), what).toContain(type);
    if (response.ok) this.answered.add(operation);
  }

  /** Expects a value to be of the shape at a JSON pointer into the reference. */
  expectShape(pointer: string, value: unknown): void {
    const { valid, errors } = this.fits(pointer, value);
    expect(valid, `${pointer}: ${errors} in ${JSON.stringify(value).slice(0, 500)}`).toBe(true);
  }

  /** Whether a value has the shape at a JSON pointer into the reference. */
  fits(pointer: string, value: unknown): { readonly valid: boolean; readonly errors: string } {
    const validate = this.#ajv.getSchema(`api#${pointer}`);
    if (!validate) throw new Error(`The reference has no schema at ${pointer}`);
    return { valid: validate(value) === true, errors: this.#ajv.errorsText(validate.errors) };
  }

  /** Where an operation's JSON body is described. */
  bodyPointer(operation: string): string {
    return `${pathPointer(operation)}/requestBody/content/${escaped("application/json")}/schema`;
  }

  /** The fields of an operation's JSON body, and those that it needs. */
  bodyFields(operation: string): { readonly all: readonly string[]; readonly required: readonly string[] } {
    const schema = this.#at(this.bodyPointer(operation)) as BodySchema;
    return { all: Object.keys(schema.properties), required: schema.required ?? [] };
  }

  #responsePointer(operation: string, status: number, what: string): string {
    const [method = "", path = ""] = operation.split(" ");
    const response = this.document.paths[path]?.[method]?.responses[status];
    expect(response, `${what}, which the reference does not name`).toBeDefined();
    return response?.$ref?.slice(1) ?? `${pathPointer(operation)}/responses/${status}`;
  }

  #at(pointer: string): unknown {
    const [, ...names] = pointer.split("/");
    return names.map(unescaped).reduce<unknown>(member, this.document);
  }
}

function pathPointer(operation: string): string {
  const [method = "", path = ""] = operation.split(" ");
  return `/paths/${escaped(path)}/${method}`;
}

function member(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function unescaped(name: string): string {
  return decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The reference lets answers grow. Here a field that it does not name is a mistake. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== "object") return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner)]));
  const isOpen = copy["type"] === "object" && "properties" in copy && !("additionalProperties" in copy);
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}
