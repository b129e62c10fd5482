import { Parser } from "htmlparser2";

/** Where the links of a page lead within the console, without the part that they jump to. */
export function linksOn(html: string): string[] {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag(tag, { href }) {
      if (tag === "a" && href?.startsWith("/")) found.add(href.split("#")[0] ?? "");
    },
  });
  parser.end(html);
  return [...found].filter((href) => href !== "" && !href.startsWith("//"));
}
