/** The fields of one server-sent event. An absent field is not written. */
export interface Frame {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  /** Milliseconds a client should wait before it reconnects. */
  readonly retry?: number;
}

const LINE_BREAK = /\r\n|\r|\n/;

/**
 * Encodes one frame as the `text/event-stream` format of the HTML standard wants it.
 * @throws RangeError when `id` or `event` holds a line break or NUL: it would smuggle in another field.
 */
export function encodeFrame(frame: Frame): string {
  let text = "";
  if (frame.retry !== undefined) text += `retry: ${frame.retry}\n`;
  if (frame.event !== undefined) text += `event: ${singleLine("event", frame.event)}\n`;
  if (frame.id !== undefined) text += `id: ${singleLine("id", frame.id)}\n`;
  if (frame.data !== undefined) {
    for (const line of frame.data.split(LINE_BREAK)) text += `data: ${line}\n`;
  }
  return `${text}\n`;
}

function singleLine(field: string, value: string): string {
  if (LINE_BREAK.test(value) || value.includes("\0")) {
    throw new RangeError(`A frame's ${field} must be a single line`);
  }
  return value;
}
