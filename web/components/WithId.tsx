import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso/router";
import { isObjectId } from "../../protocol/objectId.ts";
import { lazyPart } from "./lazyPart.tsx";

const NotFoundPage = lazyPart(async () => (await import("../pages/NotFoundPage.tsx")).NotFoundPage);

/** A page about the thing whose id is in its address. An address in which no id can be leads nowhere. */
export function WithId({ children }: { readonly children: (id: string) => ComponentChildren }) {
  const { params } = useRoute();
  const id = params["id"]?.toLowerCase() ?? "";
  return isObjectId(id) ? children(id) : <NotFoundPage />;
}
