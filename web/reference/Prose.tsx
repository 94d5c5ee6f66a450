/** A sentence of the reference: what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  // Every other part stood between backticks.
  return (
    <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}
