import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef } from "preact/hooks";

/** The main landmark. It takes the focus when the address changes, as a page load would. */
export function MainContent({ children }: { readonly children: ComponentChildren }) {
  const { path } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return (
    <main id="content" ref={main} tabIndex={-1}>
      {children}
    </main>
  );
}
