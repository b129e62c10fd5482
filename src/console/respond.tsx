import { cookie, messageCookie } from "./access/cookies.ts";
import { Document } from "./layout/document.tsx";
import type { Answer, Done, DoneWithPage, Download, Page } from "./route.ts";
import { globalPause } from "./run-blockers.ts";
import type { ConsoleServices, Visit } from "./visit.ts";

type SetHeaders = Readonly<Record<string, string>>;

/** Returns the HTTP response of an answer. `message`: the message of the last form, which a page shows. */
export async function respond(
  services: ConsoleServices,
  visit: Visit,
  answer: Answer | Done | DoneWithPage,
  message: string | null,
  headers: SetHeaders,
): Promise<Response> {
  if (answer instanceof Response) return withHeaders(answer, headers);
  if ("page" in answer) return page(services, visit, answer.page, message, headers);
  if ("subject" in answer) {
    const cookies = [...(answer.cookies ?? []), ...(answer.message === null ? [] : [messageCookie(services, answer.message)])];
    return seeOther(answer.to, cookies, headers);
  }
  if ("to" in answer) return seeOther(answer.to, answer.cookies ?? [], headers);
  if ("fileName" in answer) return download(answer, headers);
  return page(services, visit, answer, message, headers);
}

async function page(services: ConsoleServices, visit: Visit, given: Page, message: string | null, headers: SetHeaders): Promise<Response> {
  const { visitor, csrf, address } = visit;
  const path = address.split("?")[0] ?? "/";
  const pause = visitor === null ? null : await globalPause(visit.catalogue);
  // The script that renews a part of a page drops everything else: the message waits for a whole page.
  const isPart = visit.headers.has("x-live");
  const around = { settings: services.settings, visitor, csrf, path, pause, message: isPart ? null : message };
  // Components may read the catalogue while they render.
  const html = await (<Document page={given} around={around} />).toString();
  const cookies = [...(given.cookies ?? []), ...(message !== null && !isPart ? [cookie(services, "said", "", 0)] : [])];
  const answer = new Response(`<!doctype html>${withoutBidiControls(html)}`, {
    status: given.status ?? 200,
    headers: {
      ...headers,
      "content-type": "text/html; charset=utf-8",
      ...(given.retryAfter !== undefined && { "retry-after": String(given.retryAfter) }),
      ...(given.refreshTo !== undefined && { refresh: `0; url=${given.refreshTo}` }),
    },
  });
  return withCookies(answer, cookies);
}

/** Adds our headers to a response, without overwriting its own. */
function withHeaders(answer: Response, headers: SetHeaders): Response {
  for (const [name, value] of Object.entries(headers)) if (!answer.headers.has(name)) answer.headers.set(name, value);
  return answer;
}

function withCookies(answer: Response, cookies: readonly string[]): Response {
  for (const one of cookies) answer.headers.append("set-cookie", one);
  return answer;
}

/** Removes bidirectional control characters, which can make a text look like another one. */
function withoutBidiControls(html: string): string {
  return html.replace(/\p{Bidi_Control}/gu, "");
}

function seeOther(to: string, cookies: readonly string[], headers: SetHeaders): Response {
  return withCookies(new Response(null, { status: 303, headers: { ...headers, location: to } }), cookies);
}

function download({ fileName, type, body }: Download, headers: SetHeaders): Response {
  const name = encodeURIComponent(fileName);
  const content = typeof body === "string" || body instanceof Uint8Array ? (body as string | Uint8Array<ArrayBuffer>) : streamOf(body);
  // Pages have a `robots` tag; downloads need the header.
  const robots = { "x-robots-tag": "noindex, nofollow" };
  return new Response(content, {
    headers: { ...headers, ...robots, "content-type": type, "content-disposition": `attachment; filename*=UTF-8''${name}` },
  });
}

function streamOf(body: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}
