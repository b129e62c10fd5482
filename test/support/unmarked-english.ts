import { Parser } from "htmlparser2";
import { languageOfText } from "../../src/kit/values/text/language-of-text.ts";

/** Elements without an end tag. */
const empty = new Set(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]);

/** Types of inputs whose value is not on the page. */
const notShown = new Set(["hidden", "checkbox", "radio"]);

/**
 * Returns the texts of a page whose language is marked wrongly: those that contain an English text outside of `lang="en"`, and French ones
 * inside. Attributes and the title of the window cannot contain two languages, and are left out.
 */
export function wronglyMarked(html: string, english: RegExp): string[] {
  const faults: string[] = [];
  const open: { readonly tag: string; readonly lang: string }[] = [{ tag: "", lang: "fr" }];
  const check = (text: string, lang: string) => {
    if (english.test(text) && lang !== "en") faults.push(`not marked: ${text.trim().slice(0, 100)}`);
    else if (lang === "en" && languageOfText(text) === "fr") faults.push(`marked as English: ${text.trim().slice(0, 100)}`);
  };
  const parser = new Parser({
    onopentag(tag, { lang, value, type }) {
      const own = lang ?? open.at(-1)?.lang ?? "fr";
      if (tag === "input" && value !== undefined && !notShown.has(type ?? "")) check(value, own);
      if (!empty.has(tag)) open.push({ tag, lang: own });
    },
    ontext(text) {
      const { tag, lang } = open.at(-1) ?? { tag: "", lang: "fr" };
      if (tag !== "title" && tag !== "script") check(text, lang);
    },
    onclosetag(tag) {
      if (!empty.has(tag)) open.pop();
    },
  });
  parser.end(html);
  return faults;
}
