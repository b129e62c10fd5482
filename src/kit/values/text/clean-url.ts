import type { RuleIssue } from "../../rules/rule-context.ts";
import { decodeEntities } from "../html/decode-entities.ts";
import { cleanCharacters } from "./clean-characters.ts";

export interface LinkReading {
  /** Base address of relative links. Without it, relative links are unreadable. */
  readonly baseUrl?: string | null;
  readonly report?: (issue: RuleIssue) => void;
}

/** Maximum length of a stored link, in characters. */
const maxUrlLength = 700;
/** Maximum length of a value that may contain a link, in characters. */
const maxValueLength = 5000;

/** Matches an address that needs no repair, as most do. */
const soundAddress =
  /^https?:\/\/(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,}(?:[/?#](?:[\w!$'()*+,\-./:;=?@~#[\]]|%[\dA-Fa-f]{2}|&(?![a-zA-Z#][a-zA-Z\d]*;))*)?$/;

const anchor = /<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const markdownLink = /^!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)$/;
const severalUrls = /[\s;,|]\s*(?:https?\s*:\s*\/\s*\/|www\.)/i;
/** "htpp://", "htttps://", "ttps://", "http//", "https:/", "http;//" before a host. */
const misspeltScheme = /^(?:h{0,2}t{1,3}p{1,3}s{0,2}\s*[:;]{1,2}\s*\/{1,3}\s*|https?\/\/:?\s*)(?=[\p{L}\d])/iu;
/** "mailto:" and "mailt:", "mail to:", "malto:", "mailto;", "mailto". */
const writtenMailto = /^m(?:ai|a)l\s?t?o?\s*[:;]\s*/i;
const writtenScheme = /^(https?)(\s*):(\s*)[\\/](\s*)[\\/](\s*)/i;
const anyScheme = /^[a-z][a-z\d+.-]*\s*:(?!\d)/i;
const bareHost = /^(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}(?::\d+)?(?=[/?#]|$)/u;
const fileName = /^[^/?#]*\.(?:x?html?|php\d?|aspx?|jspx?|pdf|docx?|xlsx?|odt|ods|zip|csv|json|xml)(?=[?#]|$)/i;
const mailAddress = /^[^\s@/:<>"]+@[^\s@/:<>"]+\.\p{L}{2,}$/u;
const unsafeInUrl = /%(?![\da-f]{2})|[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]/giu;

/**
 * Repairs an http or https link, or returns null.
 *
 * - Extracts the address from `[text](url)` and `<a href="url">`.
 * - Percent-encodes accents and blanks, decodes `&amp;`, and resolves relative links. Case, query and final slash stay.
 * - Removes blanks around `://` and reports `blank-in-url`. Adds a missing `https://` and reports `url-without-scheme`.
 * - Corrects a misspelt scheme, such as "htpp://", and reports `misspelt-scheme`.
 * - Reports `unreadable-url` for other schemes, several links, a host without a dot, and a user name.
 * - Reports `text-too-long` for more than 700 characters.
 */
export function cleanUrl(value: string, reading: LinkReading = {}): string | null {
  if (value.length > maxValueLength) return tooLong(value, value.length, reading);
  const url = mendedUrl(value, reading);
  return url !== null && url.length > maxUrlLength ? tooLong(value, url.length, reading) : url;
}

function mendedUrl(value: string, reading: LinkReading): string | null {
  if (soundAddress.test(value) && !severalUrls.test(value)) return value;
  const text = addressIn(value);
  if (text === "") return null;
  const url = severalUrls.test(text) ? null : httpUrl(text, reading, value);
  if (url === null) reading.report?.({ code: "unreadable-url", value });
  return url;
}

function tooLong(value: string, length: number, reading: LinkReading): null {
  reading.report?.({ code: "text-too-long", value, params: { length, limit: maxUrlLength } });
  return null;
}

/**
 * Repairs a link inside a text as `cleanUrl` does, but also accepts `mailto:`, `tel:` and longer addresses, and removes blanks around "@".
 * Returns null for a fragment of the same page. Reports `unsafe-markup` for a dangerous scheme.
 */
export function cleanLink(href: string, reading: LinkReading = {}): string | null {
  if (href.length > maxValueLength) return tooLong(href, href.length, reading);
  if (/^https?:\/\//.test(href) && !href.includes("@")) return mendedUrl(href, reading);
  const text = addressIn(href);
  if (text === "" || text.startsWith("#")) return null;
  const compact = text.replace(/\s+/g, "").toLowerCase();
  if (/^(?:javascript|vbscript|data|livescript|mocha):/.test(compact)) {
    reading.report?.({ code: "unsafe-markup", value: href, params: { found: compact.slice(0, compact.indexOf(":") + 1) } });
    return null;
  }
  if (compact.startsWith("tel:")) return /^tel:\+?[\d.()/-]{2,30}$/.test(compact) ? compact : null;
  // Some editors add `https://` to e-mail addresses: "mailto:https://jean@mairie.fr" and "https://jean@mairie.fr" (TEE, 2025).
  const mail = text.replace(writtenMailto, "").replace(/^https?:\/\/(?=[^/?#]*@[^/?#]*$)/i, "");
  const [written = "", ...query] = mail.split("?");
  const address = written.trim().replace(/\s*@\s*/, "@");
  if (mailAddress.test(address)) {
    if (address !== written.trim()) reading.report?.({ code: "blank-in-url", value: href });
    if (mail !== text && /^m/i.test(text) && !/^mailto\s*:/i.test(text)) reading.report?.({ code: "misspelt-scheme", value: href });
    return encoded(`mailto:${address}${query.length > 0 ? `?${query.join("?")}` : ""}`);
  }
  return mendedUrl(href, reading);
}

/** Extracts the address from a value, decodes its entities and cleans its characters. */
function addressIn(value: string): string {
  const text = cleanCharacters(value).trim();
  const link = text.includes("<") ? anchor.exec(text) : null;
  const written = link?.[1] ?? link?.[2] ?? link?.[3] ?? markdownLink.exec(text)?.[1] ?? text;
  return cleanCharacters(decodeEntities(written))
    .replace(/^[<"'«\s]+|[>"'»\s]+$/g, "")
    .replaceAll("\n", " ");
}

function httpUrl(text: string, reading: LinkReading, value: string): string | null {
  const scheme = writtenScheme.exec(text);
  if (scheme !== null) {
    const [whole, name = "", ...gaps] = scheme;
    const url = soundUrl(`${name.toLowerCase()}://${text.slice(whole.length)}`);
    if (url !== null && gaps.some((gap) => gap !== "")) reading.report?.({ code: "blank-in-url", value });
    return url;
  }
  if (text.startsWith("//")) return soundUrl(`https:${text}`);
  const misspelt = misspeltScheme.exec(text);
  if (misspelt !== null) {
    const rest = text.slice(misspelt[0].length);
    const url = bareHost.test(rest) ? soundUrl(`http${/s/i.test(misspelt[0]) ? "s" : ""}://${rest}`) : null;
    if (url !== null) {
      reading.report?.({ code: "misspelt-scheme", value });
      return url;
    }
  }
  const isHost = bareHost.test(text) && (/^www\./i.test(text) || !fileName.test(text));
  if (isHost) {
    const url = soundUrl(`https://${text}`);
    if (url !== null) reading.report?.({ code: "url-without-scheme", value });
    return url;
  }
  return reading.baseUrl && isRelative(text) ? absoluteUrl(text, reading.baseUrl) : null;
}

/** Returns true for "/aides/12", "../x", "?id=3", "aides/fiche-12", "fiche.html"; false for "néant", "N/A", "voir site". */
function isRelative(text: string): boolean {
  if (anyScheme.test(text)) return false;
  return (
    /^(?:\.{0,2}\/|\?)/.test(text) || (fileName.test(text) && !text.includes("@")) || /^[\w%-]{2,}(?:\/[\w%.-]+)+\/?(?:[?#]|$)/.test(text)
  );
}

function absoluteUrl(text: string, baseUrl: string): string | null {
  try {
    return soundUrl(new URL(text, baseUrl).href);
  } catch {
    return null; // invalid: the caller reports it
  }
}

/** Returns the encoded address, or null if it is unreadable or its host name has no dot. */
function soundUrl(url: string): string | null {
  const [, scheme = "", host = "", rest = ""] = /^(https?:\/\/)([^/?#\\]*)(.*)$/.exec(url) ?? [];
  if (!host.includes(".") || host.includes("@") || rest.startsWith("\\")) return null;
  try {
    // A host with accents becomes punycode. Other hosts stay as written.
    const parsed = new URL(scheme + host);
    if (!/^[\w-]+(?:\.[\w-]+)+$/.test(parsed.hostname)) return null;
    const writtenHost = /^[\x21-\x7e]+$/.test(host) && !host.includes("%") ? host : parsed.host;
    return encoded(scheme + writtenHost + rest);
  } catch {
    return null; // no host: the caller reports it
  }
}

function encoded(url: string): string {
  return url.replace(unsafeInUrl, (character) => (character === "%" ? "%25" : encodeURIComponent(character)));
}
