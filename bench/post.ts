import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

interface PostOptions {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Posts JSON over a connection that is kept, as a publisher would. @throws Error when the answer is not good. */
export function post({ port, path, headers, method = "POST" }: PostOptions, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        path,
        method,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          ...headers,
        },
      },
      (response) => {
        response.resume();
        const isGood = (response.statusCode ?? 0) < 300;
        response.on("end", () => (isGood ? resolve() : reject(new Error(`${path}: ${response.statusCode}`))));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
