/** Shown while something is read; it appears late, so that a quick answer shows no flicker. */
export function Waiting() {
  return (
    <p class="waiting" role="status">
      Loading…
    </p>
  );
}
