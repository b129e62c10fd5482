import { matchesPath } from "../../../kit/pages/path-pattern.ts";

/** What a site's robots.txt says to us. */
export interface RobotsRules {
  /** Returns true if the address may be requested. */
  allows(url: URL): boolean;
  /** `Crawl-delay` in seconds, or null. */
  readonly delaySeconds: number | null;
  /** Sitemaps that it names, as written. */
  readonly sitemaps: readonly string[];
}

/** Name by which sites address us in robots.txt. */
const product = "moisson";
/** RFC 9309 lets a crawler ignore what follows. */
const maxLength = 500 * 1024;

interface Rule {
  readonly pattern: string;
  readonly allows: boolean;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  delay: number | null;
}

/** The rules of a site without robots.txt. */
export const everythingAllowed: RobotsRules = { allows: () => true, delaySeconds: null, sitemaps: [] };

/** Reads robots.txt (RFC 9309): the groups that name us, or else those for everybody. The longest matching pattern counts, `allow` before `disallow`. */
export function readRobots(text: string): RobotsRules {
  const groups = groupsIn(text.slice(0, maxLength));
  const named = groups.filter(({ agents }) => agents.includes(product));
  const ours = named.length > 0 ? named : groups.filter(({ agents }) => agents.includes("*"));
  const rules = ours.flatMap((group) => group.rules);
  const delays = ours.flatMap(({ delay }) => delay ?? []);
  return {
    allows: ({ pathname, search }) => pathname === "/robots.txt" || isAllowed(rules, normalised(pathname + search)),
    delaySeconds: delays.length === 0 ? null : Math.max(...delays),
    sitemaps: [...text.slice(0, maxLength).matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)].map(([, address = ""]) => address),
  };
}

function isAllowed(rules: readonly Rule[], path: string): boolean {
  let decisive: Rule | null = null;
  for (const rule of rules) {
    if (!matchesPath(rule.pattern, path)) continue;
    const longer = rule.pattern.length - (decisive?.pattern.length ?? -1);
    if (longer > 0 || (longer === 0 && rule.allows)) decisive = rule;
  }
  return decisive?.allows ?? true;
}

function groupsIn(text: string): Group[] {
  const groups: Group[] = [];
  let isNaming = false;
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    const [rule = ""] = line.split("#", 1);
    const colon = rule.indexOf(":");
    const key = rule.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const written = rule.slice(colon + 1).trim();
    if (key === "user-agent") {
      if (!isNaming) groups.push({ agents: [], rules: [], delay: null });
      isNaming = true;
      groups.at(-1)?.agents.push(/^[a-z_-]+|^\*/i.exec(written)?.[0].toLowerCase() ?? "");
      continue;
    }
    if (key !== "allow" && key !== "disallow" && key !== "crawl-delay") continue;
    isNaming = false;
    const group = groups.at(-1);
    if (group === undefined) continue;
    if (key === "crawl-delay") group.delay = secondsOf(written) ?? group.delay;
    else if (written !== "") group.rules.push({ pattern: normalised(written), allows: key === "allow" });
  }
  return groups;
}

function secondsOf(written: string): number | null {
  const seconds = Number(written.replace(",", "."));
  return written !== "" && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** Writes a path so that equal paths have equal texts: letters and digits as such, all else in upper-case escapes. */
function normalised(path: string): string {
  const escaped = path.replace(/[^\x21-\x7e]+/gu, (text) => encodeURIComponent(text));
  return escaped.replace(/%([\da-f]{2})/gi, (written, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[\w.~-]/.test(character) ? character : written.toUpperCase();
  });
}
