import { useEffect, useRef } from "preact/hooks";
import type { Failure } from "../api/request.ts";

const RETRY_MS = 5_000;

/** Tries again by itself what failed for want of a connection: when the browser has one, and every few seconds. */
export function useRetry(failure: Failure | null, onRetry: (() => void) | undefined): void {
  const latest = useRef(onRetry);
  latest.current = onRetry;
  const isCutOff = failure?.code === "network";
  useEffect(() => {
    if (!isCutOff) return undefined;
    const retry = () => latest.current?.();
    const timer = setInterval(retry, RETRY_MS);
    addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      removeEventListener("online", retry);
    };
  }, [isCutOff]);
}
