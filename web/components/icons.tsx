interface IconProps {
  /** The line, in a square of 24. */
  readonly d: string;
}

function Icon({ d }: IconProps) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={d} />
    </svg>
  );
}

export function PlusIcon() {
  return <Icon d="M12 5v14M5 12h14" />;
}

export function CrossIcon() {
  return <Icon d="M6 6l12 12M18 6L6 18" />;
}

export function PreviousIcon() {
  return <Icon d="M15 5l-7 7 7 7" />;
}

export function NextIcon() {
  return <Icon d="M9 5l7 7-7 7" />;
}

/** A cloud that can't be reached. */
export function OfflineIcon() {
  return <Icon d="M4 4l16 16M9 7a6 6 0 0 1 9 4 4 4 0 0 1 1 7M7 9a5 5 0 0 0 0 9h9" />;
}

export function LinkIcon() {
  return <Icon d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1" />;
}

/** An i: more to know. */
export function InfoIcon() {
  return <Icon d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7v.5" />;
}

/** A clock: what happened. */
export function ClockIcon() {
  return <Icon d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2" />;
}

/** A leaf of a calendar. */
export function WeekIcon() {
  return <Icon d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8" />;
}

/** Lines with ticks. */
export function ListIcon() {
  return <Icon d="M10 6h10M10 12h10M10 18h10M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2" />;
}

/** An open book. */
export function BookIcon() {
  return <Icon d="M12 7c-2-2-5-2.5-8-2v13c3-.5 6 0 8 2 2-2 5-2.5 8-2V5c-3-.5-6 0-8 2zM12 7v13" />;
}

/** Two heads. */
export function PeopleIcon() {
  return <Icon d="M9 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 19c0-6 12-6 12 0M16 6a3 3 0 0 1 0 6M18 15q3 1 3 4" />;
}
