/** Instead of the reference, when it could not be read. */
export function Unreadable() {
  return (
    <main class="unreadable">
      <h1>The reference could not be read</h1>
      <p>
        <a href="/reference">Try again</a>, or open <a href="/openapi.json">openapi.json</a> itself.
      </p>
    </main>
  );
}
