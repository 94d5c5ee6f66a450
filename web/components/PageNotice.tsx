import { pageNotice } from "../store/pageNotice.ts";
import { Toast } from "./Toast.tsx";

/** Says what happened to the user, on whatever page they are by now. */
export function PageNotice() {
  return <Toast words={pageNotice.value} onDismiss={() => (pageNotice.value = null)} />;
}
