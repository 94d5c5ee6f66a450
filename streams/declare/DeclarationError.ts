/** A declaration that makes no sense, told in a sentence that names the file and the field. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
  readonly stream: string;
  readonly sentence: string;

  /**
   * @param stream Its name, which is also the name of its file.
   * @param folder of the file, relative to the project; a stream does not know where it is declared.
   */
  constructor(stream: string, sentence: string, folder = "streams") {
    super(`${folder}/${stream}.ts: ${sentence}`);
    this.stream = stream;
    this.sentence = sentence;
  }
}
