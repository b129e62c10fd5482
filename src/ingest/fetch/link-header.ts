const target = /<([^<>]*)>/y;
const parameter = /\s*;\s*([^\s=;,"<>]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;

/**
 * Returns the next address in a `Link` header (RFC 8288; several headers are joined by commas), as written, or null. Links of another page
 * (`anchor`) are ignored.
 */
export function nextInLinkHeader(header: string): string | null {
  for (let at = 0; at < header.length; ) {
    const link = matchAt(target, header, at);
    if (link === null) {
      at += 1; // a comma, a blank, or an invalid link
      continue;
    }
    at = target.lastIndex;
    const said = new Map<string, string>();
    for (let found = matchAt(parameter, header, at); found !== null; found = matchAt(parameter, header, at)) {
      const [, name = "", quoted, bare = ""] = found;
      const key = name.toLowerCase();
      if (!said.has(key)) said.set(key, quoted?.replace(/\\(.)/g, "$1") ?? bare); // the first `rel` counts
      at = parameter.lastIndex;
    }
    const relations = said.get("rel")?.toLowerCase().split(/\s+/) ?? [];
    if (relations.includes("next") && !said.has("anchor")) return link[1] ?? null;
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
