/** Somebody who uses the public API, as the page does. */
export class DemoPerson {
  readonly #origin: string;
  #cookie = "";

  /** @param origin the page's address, without a slash at its end. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Signs in, and registers first where there is no such account. @throws Error when the API refuses. */
  async enter(account: {
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }): Promise<void> {
    const { email, password } = account;
    const login = await this.#send("POST", "/api/users/login", { email, password });
    const answer = login.status === 401 ? await this.#send("POST", "/api/users/register", account) : login;
    await this.#read(answer);
    this.#cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
  }

  /**
   * The API's answer.
   * @param key names the edit: asked again with the same one, it is not done again.
   * @throws Error when it refuses.
   */
  async ask<Answer>(
    method: "GET" | "POST" | "PATCH",
    path: string,
    body?: object,
    key?: string,
  ): Promise<Answer> {
    return (await this.#read(await this.#send(method, path, body, key))) as Answer;
  }

  /** Ends the session: whoever looks where they are signed in finds no stranger. */
  async leave(): Promise<void> {
    await this.#send("POST", "/api/users/logout", {});
  }

  #send(method: string, path: string, body?: object, key?: string): Promise<Response> {
    return fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body && { "content-type": "application/json" }),
        ...(key && { "idempotency-key": key }),
      },
      body: body ? JSON.stringify(body) : null,
    });
  }

  async #read(response: Response): Promise<unknown> {
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
