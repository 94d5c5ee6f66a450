import type { ESTree } from "vite";

import type { Mutator } from "./makeMutants.ts";

const OPERATORS: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "^": "&",
  "&": "|",
  ">>>": "<<",
};

/** Calls that are replaced by their like. */
const LIKE: Readonly<Record<string, string>> = { min: "max", max: "min", some: "every", every: "some" };

/** Calls of which only what they were called on stays. */
const NEEDLESS = new Set(["filter", "toSorted", "slice", "toLowerCase", "padStart"]);

const conditions: Mutator = (propose, textOf) => {
  function negate(test: ESTree.Expression): void {
    // Of these the operator is changed.
    if (test.type === "UnaryExpression" && test.operator === "!") return;
    if (test.type === "BinaryExpression" && /^[!=]==$/.test(test.operator)) return;
    propose(test, `!(${textOf(test)})`);
  }
  return {
    IfStatement: (node) => {
      negate(node.test);
      if (leaves(node.consequent) && !node.alternate) propose(node, "");
    },
    ConditionalExpression: ({ test }) => negate(test),
    WhileStatement: ({ test }) => propose(test, "false"),
    ForStatement: ({ test }) => {
      if (test) propose(test, "false");
    },
    UnaryExpression: (node) => {
      if (node.operator === "!") propose(node, textOf(node.argument));
    },
  };
};

const operators: Mutator = (propose, textOf) => ({
  BinaryExpression: (node) => {
    const operator = OPERATORS[node.operator];
    if (operator) propose(node, `${textOf(node.left)} ${operator} ${textOf(node.right)}`);
  },
  LogicalExpression: (node) => {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    if (node.operator === "&&") propose(node, `(${left}) || (${right})`);
    if (node.operator === "||") propose(node, `(${left}) && (${right})`);
    if (node.operator !== "??") return;
    propose(node, left);
    propose(node, right);
  },
});

const literals: Mutator = (propose) => ({
  Literal: (node) => {
    const { value } = node;
    if (typeof value === "boolean") propose(node, String(!value));
    if (typeof value === "string") propose(node, value === "" ? '"mutant"' : '""');
    if (typeof value !== "number") return;
    for (const other of [value + 1, value - 1]) propose(node, `(${other})`);
  },
  TemplateLiteral: (node) => propose(node, '""'),
  ArrayExpression: (node) => {
    if (node.elements.length > 0) propose(node, "[]");
  },
  SpreadElement: (node) => propose(node, "...[]"),
});

const calls: Mutator = (propose, textOf) => ({
  ExpressionStatement: (node) => {
    if (node.expression.type !== "Literal") propose(node.expression, "void 0");
  },
  CallExpression: (node) => {
    const { callee } = node;
    if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
    const { name } = callee.property;
    const like = Object.hasOwn(LIKE, name) ? LIKE[name] : undefined;
    if (like) propose(callee.property, like);
    if (NEEDLESS.has(name)) propose(node, textOf(callee.object));
  },
});

function leaves(statement: ESTree.Statement): boolean {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  return last !== undefined && /^(Return|Throw|Continue)Statement$/.test(last.type);
}

/** All the ways in which sources are changed. */
export const MUTATORS: readonly Mutator[] = [conditions, operators, literals, calls];
