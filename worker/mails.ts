import type { Mail } from "./mail.ts";

const IGNORE = "If that was not you, there is nothing to do: without this mail nothing happens.";

/** With the link that proves an address. @param url is good for a day. */
export function verificationMail(to: string, url: string): Mail {
  return mail(to, "Is this your address?", [
    "Somebody, most likely you, has given this address to Mealcast. Open this link to say that it is yours:",
    url,
    "It is good once, for a day.",
    IGNORE,
  ]);
}

/** For whoever registers again with an address that has an account. */
export function alreadyRegisteredMail(to: string, origin: string): Mail {
  return mail(to, "You have an account already", [
    "Somebody, most likely you, wanted to make an account at Mealcast with this address. You have one. Sign in here:",
    `${origin}/login`,
    `If you have forgotten the password, set another one here: ${origin}/recover`,
    IGNORE,
  ]);
}

/** With a code to set a password. @param url holds it, and is good for an hour. */
export function recoveryMail(to: string, code: string, url: string): Mail {
  return mail(to, "A new password", [
    "Somebody, most likely you, wants to set another password at Mealcast. Open this link to do so:",
    url,
    `Or type this code where you are asked for one: ${code}`,
    "It is good once, for an hour. Nobody at Mealcast ever asks you for it.",
    IGNORE,
  ]);
}

/** For a member, of whom an owner has just said that it is them. */
export function vouchedMail(to: string, owner: string, household: string): Mail {
  return mail(to, "Somebody helps you back in", [
    `${owner} has made a code with which you can set another password at Mealcast, as an owner of "${household}".`,
    "Whoever has the code and knows your address can use it within an hour. When it is used, you are signed out everywhere.",
    `If you did not ask for it, speak with ${owner}, and leave the household if you have to: then the code is worth nothing.`,
  ]);
}

/** For the address that somebody wants to leave. */
export function leavingMail(to: string, next: string): Mail {
  return mail(to, "Your address is about to change", [
    `Your account at Mealcast is to have the address ${next} from now on, as soon as that one is proved.`,
    "If that was not you, sign in, set another password, and give this address again.",
  ]);
}

function mail(to: string, subject: string, paragraphs: readonly string[]): Mail {
  return { to, subject, text: `${paragraphs.join("\n\n")}\n` };
}
