import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A call in the portal's index. */
export type PortalCall = Readonly<Record<string, unknown>> & { readonly metadata: Readonly<Record<string, readonly string[]>> };

/** A search request. */
interface PortalQuestion {
  readonly method: string;
  readonly page: number;
  readonly parts: Readonly<Record<string, unknown>>;
  readonly statuses: readonly string[];
  readonly kinds: readonly string[];
}

/** Answers instead of the index; returns undefined to let the index answer. */
type Fault = (question: PortalQuestion, nth: number, response: ServerResponse) => boolean | undefined;

/** A loopback server that searches like the Funding & Tenders portal. */
export interface PortalSearch {
  readonly url: string;
  readonly host: string;
  readonly questions: readonly PortalQuestion[];
}

/**
 * Starts a server for the length of a test. It reads the parts of a multipart body, selects calls by status and kind, in order, and
 * returns the requested page. A part that is not JSON gives 500. A fault replaces the answer if it returns true, or the announced total.
 */
export async function portalSearch(calls: readonly PortalCall[], fault: Fault = () => undefined): Promise<PortalSearch> {
  const questions: PortalQuestion[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts = partsOf(await bodyOf(request), request.headers["content-type"] ?? "");
    if (parts === null) return json(response, 500, { status: "INTERNAL_SERVER_ERROR" });
    const { searchParams } = new URL(request.url ?? "", "http://portal");
    const terms = termsOf(parts.query);
    const question: PortalQuestion = {
      method: request.method ?? "",
      page: Number(searchParams.get("pageNumber")),
      parts,
      statuses: terms.status ?? [],
      kinds: terms.type ?? [],
    };
    questions.push(question);
    if (fault(question, questions.length, response) === true) return;
    const found = calls.filter(({ metadata }) => has(metadata.status, question.statuses) && has(metadata.type, question.kinds));
    const size = Number(searchParams.get("pageSize"));
    const results = found.slice((question.page - 1) * size, question.page * size);
    json(response, 200, { apiVersion: "2.151", totalResults: found.length, pageNumber: question.page, pageSize: size, results });
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/search?apiKey=SEDIA&text=***`, host, questions };
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Returns the parts by name; null if one is not JSON or has another content type. */
function partsOf(body: string, contentType: string): Record<string, unknown> | null {
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const parts: Record<string, unknown> = {};
  for (const written of body.split(`--${boundary}`).slice(1, -1)) {
    const [head = "", value = ""] = written.split("\r\n\r\n", 2);
    const name = /name="([^"]+)"/.exec(head)?.[1];
    if (name === undefined || !/content-type: application\/json/i.test(head)) return null;
    parts[name] = JSON.parse(value);
  }
  return parts;
}

/** Returns the values by field of `{ bool: { must: [{ terms: { type: ["1"] } }] } }`. */
function termsOf(query: unknown): Record<string, readonly string[]> {
  const { bool } = query as { bool: { must: { terms: Record<string, readonly string[]> }[] } };
  return Object.assign({}, ...bool.must.map(({ terms }) => terms));
}

function has(values: readonly string[] | undefined, wanted: readonly string[]): boolean {
  return values?.some((value) => wanted.includes(value)) ?? false;
}
