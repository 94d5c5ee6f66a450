import { useEffect } from "preact/hooks";
import type { Cookbook } from "../store/Cookbook.ts";
import { cookbooksOf } from "../store/cookbooks.ts";
import { userId } from "../store/session.ts";
import { useKept } from "./useKept.ts";

/** The recipes of the user's households; which those are is read again when the component appears. */
export function useCookbook(): Cookbook {
  const cookbook = useKept(cookbooksOf, userId.value);
  useEffect(() => void cookbook.households.reload(), [cookbook]);
  return cookbook;
}
