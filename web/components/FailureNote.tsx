import type { Failure } from "../api/request.ts";
import { useRetry } from "./useRetry.ts";

interface FailureNoteProps {
  readonly failure: Failure | null;
  /** Fields whose troubles are shown beside them. */
  readonly shownFields?: readonly string[];
  readonly onRetry?: () => void;
}

/** Says what went wrong, where it went wrong. */
export function FailureNote({ failure, shownFields = [], onRetry }: FailureNoteProps) {
  useRetry(failure, onRetry);
  if (!failure) return null;
  const elsewhere = failure.fields.filter(({ path }) => !shownFields.includes(path.split(".")[0] ?? path));
  const allBeside = failure.fields.length > 0 && elsewhere.length === 0;
  return (
    <div class="failure" role="alert">
      <p>{allBeside ? "Please look at the marked fields." : failure.message}</p>
      {elsewhere.length > 0 && (
        <ul>
          {elsewhere.map(({ path, message }) => (
            <li key={path}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
