/** The name, with a bowl that steams: the way to this week. */
export function Wordmark() {
  return (
    <a class="wordmark" href="/">
      <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
        <path d="M3 13h22a11 11 0 0 1-7 10v2h-8v-2a11 11 0 0 1-7-10z" fill="currentColor" />
        <path
          class="wordmark-steam"
          d="M9 9c-1-2 1-3 0-5M14 9c-1-2 1-3 0-5M19 9c-1-2 1-3 0-5"
          fill="none"
          stroke-width="1.9"
          stroke-linecap="round"
        />
      </svg>
      Mealcast
    </a>
  );
}
