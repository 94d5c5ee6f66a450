import type { Declaration } from "./readDeclarations.ts";

/** The text of `streams/index.ts`. */
export function streamIndex(declarations: readonly Declaration[]): string {
  const imports = declarations.map(
    ({ file, exportName }) => `import { ${exportName} } from "./${file}.ts";\n`,
  );
  const names = declarations.map(({ exportName }) => exportName);
  return `// Made by \`npm run generate\` from the files beside it.
${imports.join("")}
/** Every declared stream, by name. */
export const streams = [${names.join(", ")}] as const;
`;
}
