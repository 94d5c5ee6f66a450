import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { processTree } from "../measure/processTree.ts";
import { post } from "../post.ts";
import { portOf } from "../servers/portOf.ts";
import type { Contender } from "./Contender.ts";

const NGINX = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
const MODULE = ["/usr/lib/nginx/modules/ngx_nchan_module.so", "/usr/lib64/nginx/modules/ngx_nchan_module.so"];
const START_MS = 5_000;
const RETRY_MS = 50;

/** Starts nchan in an nginx of its own; `null` where either is missing (Debian: `libnginx-mod-nchan`). */
export async function startNchan(): Promise<Contender | null> {
  const nginx = NGINX.find((path) => existsSync(path));
  const [module] = globSync(MODULE);
  if (!nginx || !module) return null;
  const folder = await mkdtemp(join(tmpdir(), "nchan-"));
  const port = await freePort();
  await writeFile(join(folder, "nginx.conf"), configuration(folder, module, port));
  const child = spawn(nginx, ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "inherit" });
  await answers(port);
  return {
    name: "nchan",
    pids: () => processTree(child.pid ?? 0),
    request: { port, path: "/stream/plan", headers: {} },
    publish: ({ json }) => post({ port, path: "/publish/plan" }, json),
    stop: () => stop(child, folder),
  };
}

/** One worker, as one Durable Object is one thread. No message is kept: the others keep at most one. */
function configuration(folder: string, module: string, port: number): string {
  return `
    load_module ${module};
    daemon off;
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log stderr crit;
    events { worker_connections 16384; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      client_body_buffer_size 64k;
      server {
        listen 127.0.0.1:${port};
        location ~ ^/publish/(\\w+)$ { nchan_publisher; nchan_channel_id $1; nchan_message_buffer_length 1; }
        location ~ ^/stream/(\\w+)$ {
          nchan_subscriber eventsource;
          nchan_channel_id $1;
          nchan_subscriber_first_message newest;
          nchan_eventsource_ping_interval 20;
        }
      }
    }`;
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const port = portOf(probe);
  probe.close();
  await once(probe, "close");
  return port;
}

async function answers(port: number): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await sleep(RETRY_MS);
    }
  }
  throw new Error("nginx did not start");
}
