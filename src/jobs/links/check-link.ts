import type { LinkReason, LinkVerdict } from "../../model/publisher/link-verdict.ts";
import { discard, type HttpAnswer, type HttpClient } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { retryAfterSeconds } from "../../platform/retry-after.ts";
import { isDeepPage, isHomePage, isSameSite } from "./is-home-page.ts";
import { isRobotWall, saysNotFound } from "./is-robot-wall.ts";
import { readHead } from "./read-head.ts";

/** Timeout of a whole check, in milliseconds. */
export const longestCheckMs = 20_000;

/** Default pause of an overloaded host, and the longest one accepted, in seconds. */
const usualRest = 600;
const longestRest = 86_400;

const pageHeaders = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "fr,*;q=0.5" };

/** A verdict, and the seconds for which the host wants no requests. */
export interface CheckedLink extends LinkVerdict {
  readonly restSeconds: number;
}

/**
 * Checks a link with a GET, as a person would, and reads at most the beginning of the page. Anything that may be our fault or a robot wall
 * is `to-check`; `failing` means that a person would fail too. Throws only the reason of an aborted `signal`.
 */
export async function checkLink(client: HttpClient, link: string, signal: AbortSignal, withinMs = longestCheckMs): Promise<CheckedLink> {
  signal.throwIfAborted();
  if (!URL.canParse(link)) return verdict("to-check", null, "address-refused");
  const deadline = AbortSignal.timeout(withinMs);
  try {
    const asked = new URL(link);
    const until = AbortSignal.any([signal, deadline]);
    const answer = await client.ask({ url: asked, headers: pageHeaders, secretHeaders: {}, signal: until });
    return await judge(asked, answer);
  } catch (error) {
    signal.throwIfAborted();
    return deadline.aborted ? verdict("to-check", null, "timed-out", usualRest) : ofFailure(error);
  }
}

async function judge(asked: URL, answer: HttpAnswer): Promise<CheckedLink> {
  const { status, headers } = answer;
  // The head of the answer decides, so a truncated page counts as a page.
  const html = await readHead(answer).catch(() => "");
  discard(answer.body);
  const rest = status === 429 || status === 503 ? restOf(headers) : 0;
  if (isRobotWall(headers, html)) return verdict("to-check", status, "robot-wall", rest);
  if (status === 404 || status === 410) return verdict("failing", status, "not-found");
  if (status < 200 || status > 299) return verdict("to-check", status, "http-status", rest);
  if (isDeepPage(asked) && isHomePage(answer.url)) {
    if (isSameSite(asked, answer.url)) return verdict("failing", status, "redirected-home");
    return verdict("to-check", status, "redirected-to-other-home");
  }
  return saysNotFound(html) ? verdict("to-check", status, "says-not-found") : verdict("alive", status, null);
}

function restOf(headers: Readonly<Record<string, string>>): number {
  return Math.min(retryAfterSeconds(headers) ?? usualRest, longestRest);
}

/** Converts a failure to a verdict. An unknown error counts as a failed connection, so that one odd link does not end the work. */
function ofFailure(error: unknown): CheckedLink {
  if (!(error instanceof HttpFailure)) return verdict("to-check", null, "connection-failed");
  // We store no cookies, so a site that redirects until it has set one works for everybody else.
  if (error.kind === "too-many-redirects") return verdict("to-check", null, "redirect-loop");
  if (error.kind === "address-refused") return verdict("to-check", null, "address-refused");
  if (error.kind === "tls-failed") return verdict("to-check", null, "tls-failed");
  if (error.kind === "timed-out") return verdict("to-check", null, "timed-out", usualRest);
  if (error.params.reason === "ENOTFOUND") return verdict("failing", null, "unknown-host");
  if (isRefusedEverywhere(error)) return verdict("failing", null, "connection-refused");
  return verdict("to-check", null, "connection-failed");
}

/** A name with several addresses is refused only if all of them refuse: one that is unreachable may be our fault. */
function isRefusedEverywhere({ params, cause }: HttpFailure): boolean {
  if (params.reason !== "ECONNREFUSED") return false;
  return !(cause instanceof AggregateError) || cause.errors.every((error) => error?.code === "ECONNREFUSED");
}

function verdict(state: LinkVerdict["state"], status: number | null, reason: LinkReason | null, restSeconds = 0): CheckedLink {
  return { state, status, reason, restSeconds };
}
