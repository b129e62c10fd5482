import type { LinkReason, LinkVerdict } from "../../model/publisher/link-verdict.ts";
import { decodedBody } from "../../platform/content-encoding.ts";
import { discard, type HttpAnswer, type HttpClient } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { retryAfterSeconds } from "../../platform/retry-after.ts";

/** Timeout of a whole check, in milliseconds. */
export const maxCheckMs = 20_000;

/** Default pause of an overloaded host, and the longest one accepted, in seconds. */
const usualRest = 600;
const maxRest = 86_400;

const pageHeaders = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "fr,*;q=0.5" };

/** A verdict, and the seconds for which the host wants no requests. */
export interface CheckedLink extends LinkVerdict {
  readonly restSeconds: number;
}

/**
 * Checks a link with a GET, as a person would, and reads at most the beginning of the page. Anything that may be our fault or a robot wall
 * is `to-check`; `failing` means that a person would fail too. Throws only the reason of an aborted `signal`.
 */
export async function checkLink(client: HttpClient, link: string, signal: AbortSignal, withinMs = maxCheckMs): Promise<CheckedLink> {
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
  return absentTitle.test(titleOf(html)) ? verdict("to-check", status, "says-not-found") : verdict("alive", status, null);
}

function restOf(headers: Readonly<Record<string, string>>): number {
  return Math.min(retryAfterSeconds(headers) ?? usualRest, maxRest);
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

/** Returns true if all addresses of the host refuse the connection. If one is only unreachable, the fault may be ours. */
function isRefusedEverywhere({ params, cause }: HttpFailure): boolean {
  if (params.reason !== "ECONNREFUSED") return false;
  return !(cause instanceof AggregateError) || cause.errors.every((error) => error?.code === "ECONNREFUSED");
}

function verdict(state: LinkVerdict["state"], status: number | null, reason: LinkReason | null, restSeconds = 0): CheckedLink {
  return { state, status, reason, restSeconds };
}

const homePath = /^(?:\/(?:[a-z]{2}(?:[-_][a-z]{2})?))?(?:\/(?:accueil|home|index))?(?:\.(?:x?html?|php|aspx?|jsp))?\/?$/i;

/** Returns true for a site's home page: `/`, `/fr/`, `/accueil`, `/index.php`. */
function isHomePage(url: URL): boolean {
  return homePath.test(url.pathname) && url.search === "" && !/^#!?\/./.test(url.hash);
}

/**
 * Returns true for an address that is clearly one page among many: two levels deep, named by several words, or with a query. `/app` may be
 * the entrance of a site.
 */
function isDeepPage(url: URL): boolean {
  if (isHomePage(url)) return false;
  const steps = url.pathname.split("/").filter((step) => step !== "");
  return steps.length >= 2 || url.search.length > 1 || /[a-z\d]-[a-z\d]/i.test(steps[0] ?? "");
}

/** Returns true for addresses of one site, with or without `www.`. */
function isSameSite(one: URL, other: URL): boolean {
  return siteOf(one) === siteOf(other);
}

function siteOf(url: URL): string {
  return url.hostname.replace(/^www\./, "");
}

/** Headers of robot walls. */
const wallHeaders: Readonly<Record<string, RegExp>> = {
  "cf-mitigated": /challenge/i,
  "x-amzn-waf-action": /challenge|captcha/i,
  "x-vercel-mitigated": /challenge|deny/i,
  "sg-captcha": /./,
  "x-datadome": /protected/i,
};

/** Titles of robot walls. */
const wallTitle =
  /just a moment|un instant|attention required|checking your browser|verify(?:ing)? you are human|making sure you're not a bot|are you a (?:robot|human)|n['’](?:êtes|etes) pas un robot|êtes-vous un robot|robot check|captcha|access denied|accès (?:refusé|interdit)|request rejected|security check|vérification de (?:la )?sécurité|ddos-guard/i;

/** Strings that only the page of a wall contains. Its scripts are no proof: the pages behind the wall may contain them too. */
const wallMark =
  /_cf_chl_opt|cf-browser-verification|geo\.captcha-delivery\.com|id="px-captcha"|Incapsula incident ID|sucuri_cloudproxy_js|anubis_challenge|id="challenge-form"|\/\.well-known\/sgcaptcha\//i;

const absentTitle =
  /\b404\b|(?:page|contenu|ressource)\s+(?:non[ -]trouvée?|introuvable|inexistante?)|page (?:n['’]existe pas|n['’]a pas été trouvée)|page not found|not found$/i;

/** Returns true if an answer comes from a protection against robots, whatever its status. `html`: beginning of the page. */
function isRobotWall(headers: Readonly<Record<string, string>>, html: string): boolean {
  for (const [name, mark] of Object.entries(wallHeaders)) if (mark.test(headers[name] ?? "")) return true;
  return wallTitle.test(titleOf(html)) || wallMark.test(html);
}

/** Decodes the entities of apostrophes and accents only; others are rare in titles. */
function titleOf(html: string): string {
  const title = /<title\b[^>]*>([^<]{0,300})/i.exec(html)?.[1] ?? "";
  return title
    .replace(/&(?:#0*39|apos|rsquo|#8217);/g, "'")
    .replace(/&eacute;/g, "é")
    .replace(/\s+/g, " ")
    .trim();
}

/** Characters of a page that are read; titles and marks of walls are at its beginning. */
const maxHeadLength = 16_384;

/** Reads the decoded beginning of an HTML page; empty for anything else. Throws `HttpFailure` if it breaks off before. */
async function readHead({ headers, body, url }: HttpAnswer): Promise<string> {
  if (!/html/i.test(headers["content-type"] ?? "")) return "";
  const type = headers["content-type"] ?? "";
  const decoder = new TextDecoder(/iso-8859|windows-125|latin/i.test(type) ? "windows-1252" : "utf-8");
  const { chunks } = decodedBody({ body, contentEncoding: headers["content-encoding"], url: url.href, onWire: () => undefined });
  let head = "";
  for await (const chunk of chunks) {
    head += decoder.decode(chunk, { stream: true });
    if (head.length >= maxHeadLength) break;
  }
  return head.slice(0, maxHeadLength);
}
