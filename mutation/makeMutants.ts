import { type ESTree, parseSync, Visitor, type VisitorObject } from "vite";

import type { Mutant } from "./Mutant.ts";

/** Part of a source, in UTF-16 units. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Proposes to put some text in the place of a node. */
type Propose = (node: Span, after: string) => void;

/** What of a syntax tree is changed, and how. `textOf` is the source of a node. */
export type Mutator = (propose: Propose, textOf: (node: Span) => string) => VisitorObject;

/** Makes every mutant of a source file, in the order of the text. */
export function makeMutants(file: string, text: string, mutators: readonly Mutator[]): readonly Mutant[] {
  const { program } = parseSync(file, text);
  const quiet = quietSpans(program);
  const proposed = new Map<string, Mutant>();
  const textOf = ({ start, end }: Span): string => text.slice(start, end);
  const propose: Propose = ({ start, end }, after) => {
    const before = textOf({ start, end });
    if (before === after || isWithin({ start, end }, quiet)) return;
    const line = text.slice(0, start).split("\n").length;
    proposed.set(`${start} ${end} ${after}`, { file, line, start, end, before, after });
  };
  for (const mutator of mutators) new Visitor(mutator(propose, textOf)).visit(program);
  return [...proposed.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * What is not changed: types, names (of files, of fields, in closed lists), what only the reader of a log or an error sees,
 * and named numbers: another duration or bound is another choice, not a mistake. Where they are used is changed.
 */
function quietSpans(program: ESTree.Program): readonly Span[] {
  const spans: Span[] = [];
  const closedLists: Span[] = [];
  const note = (node: Span): void => void spans.push(node);
  new Visitor({
    ImportDeclaration: note,
    TSTypeAnnotation: note,
    TSTypeAliasDeclaration: note,
    TSInterfaceDeclaration: note,
    TSTypeParameterInstantiation: note,
    TSAsExpression: ({ expression, typeAnnotation }) => {
      note(typeAnnotation);
      if (isConst(typeAnnotation)) closedLists.push(expression);
    },
    Literal: (node) => {
      if (typeof node.value === "string" && isWithin(node, closedLists)) note(node);
    },
    TSSatisfiesExpression: ({ typeAnnotation }) => note(typeAnnotation),
    Property: ({ key, computed }) => {
      if (!computed) note(key);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === "Identifier" && init && /^[A-Z][A-Z_]+$/.test(id.name) && isNumber(init)) note(init);
    },
    CallExpression: (node) => {
      if (isNamed(node.callee, /^(logLine|super)$/)) note(node);
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (isNamed(callee, /Error$/)) given.forEach(note);
    },
    MethodDefinition: ({ kind, value }) => {
      if (kind === "constructor") plainAssignments(value.body?.body ?? []).forEach(note);
    },
  }).visit(program);
  return spans;
}

function isWithin({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= start && end <= span.end);
}

function isConst(type: ESTree.TSType): boolean {
  return (
    type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const"
  );
}

function isNumber(expression: ESTree.Expression): boolean {
  if (expression.type === "BinaryExpression") return isNumber(expression.right);
  return expression.type === "Literal" && typeof expression.value === "number";
}

function isNamed(callee: ESTree.Expression, name: RegExp): boolean {
  if (callee.type === "Super") return name.test("super");
  return callee.type === "Identifier" && name.test(callee.name);
}

/** What a constructor puts away: types refuse to do without. */
function plainAssignments(statements: readonly (ESTree.Statement | ESTree.Directive)[]): readonly Span[] {
  return statements.flatMap((statement) => {
    if (statement.type !== "ExpressionStatement") return [];
    const { expression } = statement;
    const isPlain =
      expression.type === "AssignmentExpression" && /^(Identifier|Member)/.test(expression.right.type);
    return isPlain ? [expression] : [];
  });
}
