import { describeError, logLine } from "../protocol/logLine.ts";
import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** A mail in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The token of the service that sends mails, where it asks for one. */
type MailEnv = Pick<Env, "MAILER_URL"> & { readonly MAILER_TOKEN?: string };

const PATIENCE_MS = 10_000;

/** Whether this server can send mails at all. */
export function canSendMail({ MAILER_URL }: Pick<Env, "MAILER_URL">): boolean {
  return Boolean(MAILER_URL);
}

/** Hands a mail over to the service at `MAILER_URL`. @throws ProblemError `mail-unavailable` when it does not take it. */
export async function sendMail(env: MailEnv, mail: Mail): Promise<void> {
  const answer = await post(env, mail).catch((error: unknown) => {
    logLine("warn", "mail-failed", describeError(error));
    return null;
  });
  await answer?.body?.cancel();
  if (answer?.ok) return;
  if (answer) logLine("warn", "mail-refused", { status: answer.status });
  throw new ProblemError("mail-unavailable", { headers: { "retry-after": "60" } });
}

/**
 * Sends what there is to send after the request has been answered: neither the answer nor its time tells whether it was
 * anything. What fails is in the log.
 */
export function sendAfterwards(
  c: Pick<AppRequest, "env" | "executionCtx">,
  find: () => Promise<Mail | null>,
): void {
  if (!canSendMail(c.env)) return;
  c.executionCtx.waitUntil(sendFound(c.env, find));
}

async function sendFound(env: MailEnv, find: () => Promise<Mail | null>): Promise<void> {
  try {
    const mail = await find();
    if (mail) await sendMail(env, mail);
  } catch (error) {
    const { stack: _, ...brief } = describeError(error);
    logLine("warn", "mail-not-sent", brief);
  }
}

function post({ MAILER_URL, MAILER_TOKEN }: MailEnv, mail: Mail): Promise<Response> {
  return fetch(MAILER_URL, {
    method: "POST",
    // Elsewhere the token must not go.
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      ...(MAILER_TOKEN && { authorization: `Bearer ${MAILER_TOKEN}` }),
    },
    body: JSON.stringify(mail),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}
