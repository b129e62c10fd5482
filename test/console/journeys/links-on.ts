import { Parser } from "htmlparser2";

const origin = "http://console.test";

/** Returns the links of a page within the console, without fragments. */
export function linksOn(html: string, address: string): string[] {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag(tag, { href }) {
      if (tag !== "a" || href === undefined || href.startsWith("#")) return;
      const to = new URL(href, `${origin}${address}`);
      if (to.origin === origin) found.add(`${to.pathname}${to.search}`);
    },
  });
  parser.end(html);
  return [...found];
}
