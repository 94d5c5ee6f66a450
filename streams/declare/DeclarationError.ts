/** A declaration that makes no sense, told in a sentence that names the stream and the field. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";

  /** @param stream Its name, which is also the name of its file. */
  constructor(stream: string, sentence: string) {
    super(`streams/${stream}.ts: ${sentence}`);
  }
}
