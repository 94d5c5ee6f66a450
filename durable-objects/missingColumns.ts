/**
 * The statements that add the columns which a table of an older version lacks. SQLite has no `ADD COLUMN IF NOT EXISTS`.
 * @param columns Their definitions by name. None of it may come from outside.
 */
export function missingColumns(
  sql: SqlStorage,
  table: string,
  columns: Readonly<Record<string, string>>,
): readonly string[] {
  const known = new Set(
    sql
      .exec<{ name: string }>("SELECT name FROM pragma_table_info(?)", table)
      .toArray()
      .map(({ name }) => name),
  );
  return Object.entries(columns)
    .filter(([name]) => !known.has(name))
    .map(([name, definition]) => `ALTER TABLE ${table} ADD COLUMN ${name} ${definition}`);
}
