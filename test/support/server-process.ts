import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { expect, onTestFinished } from "vitest";
import { projectRoot } from "./loaded-connectors.ts";
import { startMoisson } from "./moisson.ts";
import { until } from "./until.ts";

/** A command that serves, in a process of its own. */
export interface ServerProcess {
  /** Address of its pages, without a final slash. */
  readonly url: string;
  /** Returns the most memory that the process has used, in megabytes. */
  peakMegabytes(): number;
  /** Returns the memory that the process uses now, in megabytes. */
  megabytes(): number;
  /** Returns its log and output. */
  said(): string;
}

/**
 * Starts a command with the options for Node of its unit in `deploy/`, and waits until it prints its address. It is stopped after the test.
 */
export async function serverProcess(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const unit = readFileSync(join(projectRoot, "deploy", `moisson-${args[0]}.service`), "utf8");
  const NODE_OPTIONS = /^ExecStart=\/usr\/bin\/node (--.*) dist\//m.exec(unit)?.[1] ?? "";
  const child = startMoisson(args, { NODE_OPTIONS, ...environment });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
  const url = await until("the address", () => /: (http:\/\/[\w.:]+?)(\/api\/)?; Ctrl-C/.exec(said)?.[1], 90_000).catch((error) =>
    expect.fail(`${error}: ${said}`),
  );
  const memory = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024;
  return {
    url: url as string,
    peakMegabytes: () => memory("VmHWM"),
    megabytes: () => memory("VmRSS"),
    said: () => said,
  };
}

/** A request with any headers, also those that `fetch` forbids. */
export interface RawRequest {
  readonly method?: string;
  /** Path and query, as they are sent. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
}

/** The answer to a raw request. `status` 0: the server closed the connection without an answer, or did not answer in time. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
  readonly problem: string | null;
}

/** Sends a request without following redirects. Reads at most a megabyte of the answer. */
export function sendRaw(url: string, { method = "GET", path, headers = {}, body }: RawRequest, withinMs = 30_000): Promise<RawAnswer> {
  const begun = performance.now();
  return new Promise((resolve) => {
    let status = 0;
    let text = "";
    const end = (problem: string | null) => resolve({ status, text, ms: performance.now() - begun, problem });
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, method, path, headers, agent: false, timeout: withinMs }, (answer) => {
      status = answer.statusCode ?? 0;
      answer.setEncoding("utf8").on("data", (piece: string) => {
        if (text.length < 1_000_000) text += piece;
      });
      answer.once("close", () => end(null));
    });
    sent.once("timeout", () => {
      sent.destroy();
      end("no answer in time");
    });
    // A server may answer and close before it has read the whole body.
    sent.once("error", (error) => end(status === 0 ? error.message : null));
    if (body === undefined || typeof body === "string" || body instanceof Uint8Array) sent.end(body);
    else body.pipe(sent);
  });
}
