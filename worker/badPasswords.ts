/**
 * Passwords of at least eight characters that are tried first by whoever guesses. Longer lists only help with what the
 * limits on guessing stop anyway.
 */
const KNOWN: ReadonlySet<string> = new Set(
  `password password1 password12 password123 passw0rd p@ssword p@ssw0rd 12345678 123456789 1234567890 87654321 987654321
  0123456789 11223344 12341234 123123123 12344321 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx qazwsxedc zaq12wsx asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 a1b2c3d4 abcdefgh iloveyou iloveyou1
  sunshine princess football baseball superman batman123 trustno1 whatever starwars pokemon1 computer internet
  michelle jennifer welcome1 welcome123 letmein1 letmein123 admin123 administrator changeme default1 mealcast
  mealcast1 mealcast123 passwort passwort1 hallo123 schatz123 motdepasse contraseña`.split(/\s+/),
);

/** Whether a password is one of the first that anybody tries, or a single character again and again. */
export function isBadPassword(password: string): boolean {
  const plain = password.trim().toLowerCase();
  return KNOWN.has(plain) || new Set(plain).size <= 1;
}
