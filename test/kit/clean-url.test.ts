import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RuleIssue } from "../../src/kit/rules/rule-context.ts";
import { cleanLink, cleanUrl } from "../../src/kit/values/text/clean-url.ts";
import { propertyRuns } from "../support/property-runs.ts";

const baseUrl = "https://www.region.fr/aides/liste";

function read(value: string): { url: string | null; codes: string[] } {
  const issues: RuleIssue[] = [];
  const url = cleanUrl(value, { baseUrl, report: (issue) => issues.push(issue) });
  return { url, codes: issues.map((issue) => issue.code) };
}

describe("cleanUrl reads what publishers write", () => {
  it.each([
    ["as it is", "https://www.a.fr/Chemin/?b=2&a=1#x", "https://www.a.fr/Chemin/?b=2&a=1#x", []],
    ["http is kept", "http://a.fr", "http://a.fr", []],
    ["ADEME: a blank behind the scheme", "https: //agir.fr/x", "https://agir.fr/x", ["blank-in-url"]],
    ["blanks all round ://", " https :// a.fr/x ", "https://a.fr/x", ["blank-in-url"]],
    ["accents and blanks", "https://a.fr/été 2024/l’aide.pdf", "https://a.fr/%C3%A9t%C3%A9%202024/l%E2%80%99aide.pdf", []],
    ["what is encoded stays so", "https://a.fr/%C3%A9?x=100%", "https://a.fr/%C3%A9?x=100%25", []],
    ["an accented host", "https://été.fr/é", "https://xn--t-9fab.fr/%C3%A9", []],
    ["capitals of host and path", "HTTPS://Www.A.fr/Doc.PDF", "https://Www.A.fr/Doc.PDF", []],
    ["no scheme", "www.a.fr/x", "https://www.a.fr/x", ["url-without-scheme"]],
    ["no scheme, no www", "les-aides.a.fr", "https://les-aides.a.fr", ["url-without-scheme"]],
    ["no scheme, a port", "www.a.fr:8443/x", "https://www.a.fr:8443/x", ["url-without-scheme"]],
    ["a misspelt scheme", "htpp://www.a.fr/x", "http://www.a.fr/x", ["misspelt-scheme"]],
    ["a doubled letter", "htttps://www.a.fr/x", "https://www.a.fr/x", ["misspelt-scheme"]],
    ["a missing letter", "ttps://www.a.fr", "https://www.a.fr", ["misspelt-scheme"]],
    ["no colon", "https//www.a.fr/x", "https://www.a.fr/x", ["misspelt-scheme"]],
    ["one slash", "https:/www.a.fr/x", "https://www.a.fr/x", ["misspelt-scheme"]],
    ["a semicolon", "http;//www.a.fr/x", "http://www.a.fr/x", ["misspelt-scheme"]],
    ["a folder named like a scheme", "tp/fiche.pdf", "https://www.region.fr/aides/tp/fiche.pdf", []],
    ["relative", "/aides/12?x=1", "https://www.region.fr/aides/12?x=1", []],
    ["relative to the page", "fiche.html", "https://www.region.fr/aides/fiche.html", []],
    ["no protocol", "//a.fr/x", "https://a.fr/x", []],
    ["entities", "https://a.fr/?a=1&amp;lang=fr", "https://a.fr/?a=1&lang=fr", []],
    ["Markdown", "[le site](https://a.fr/x)", "https://a.fr/x", []],
    ["a link in HTML", "<p><a class='x' href='https://a.fr/x?a=1&amp;b=2'>ici</a></p>", "https://a.fr/x?a=1&b=2", []],
    ["angles, quotes", "<https://a.fr/x>", "https://a.fr/x", []],
    ["an address in an address", "https://a.fr/?u=https://b.fr", "https://a.fr/?u=https://b.fr", []],
    ["invisible characters", "\ufeffhttps://a.fr/\u200bx\u00a0", "https://a.fr/x", []],
  ])("%s", (_mishap, value, url, codes) => {
    expect(read(value)).toEqual({ url, codes });
  });

  it.each([
    "javascript:alert(1)",
    "JAVA\nSCRIPT:alert(1)",
    "data:text/html,x",
    "ftp://a.fr",
    "mailto:a@b.fr",
    "a@b.fr",
    "https://localhost/x",
    "https://intranet",
    "https://www.gouv.fr@evil.com/",
    "https://a.fr ; https://b.fr",
    "https://a.fr, www.b.fr",
    "https://a.fr (voir page 3)",
    "https://",
    "https:// /x",
    "https://.fr",
    "https://a..fr",
    'https://"www.https://',
    "néant",
    "N/A",
    "voir le site",
    "en cours : https",
  ])("does not guess at %s", (value) => {
    expect(read(value)).toEqual({ url: null, codes: ["unreadable-url"] });
  });

  it("a link of more than 700 characters is dropped, not cut", () => {
    expect(read(`https://a.fr/${"x".repeat(700)}`)).toEqual({ url: null, codes: ["text-too-long"] });
    expect(read(`https://a.fr/${"x".repeat(687)}`).url).toHaveLength(700);
    expect(read(`https://a.fr/${"é".repeat(200)}`)).toEqual({ url: null, codes: ["text-too-long"] });
    expect(read(" ".repeat(1e6)).url).toBeNull();
  });

  it("a blank value gives no issue", () => {
    expect(read(" \u00a0 ")).toEqual({ url: null, codes: [] });
  });

  it.each([
    ["mailto:contact@a.fr?subject=aide", "mailto:contact@a.fr?subject=aide", []],
    ["deleg-pau @ eau.fr", "mailto:deleg-pau@eau.fr", ["blank-in-url"]],
    ["mailt:contact@a.fr", "mailto:contact@a.fr", ["misspelt-scheme"]],
    ["mail to: contact@a.fr", "mailto:contact@a.fr", ["misspelt-scheme"]],
    ["mailto;contact@a.fr", "mailto:contact@a.fr", ["misspelt-scheme"]],
    ["contact@a.fr", "mailto:contact@a.fr", []],
    ["mailto:services.a.fr", null, ["unreadable-url"]],
    ["mailto:a b@a.fr", null, ["unreadable-url"]],
  ])("a mail address in a text: %s", (href, link, codes) => {
    const issues: RuleIssue[] = [];
    expect(cleanLink(href, { report: (issue) => issues.push(issue) })).toBe(link);
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });

  it("relative links without a base cannot be read", () => {
    expect(cleanUrl("/x")).toBeNull();
  });

  it("is idempotent and returns a valid address", () => {
    const part = fc.constantFrom(
      "https://",
      "http://",
      "a.fr",
      "www.",
      "/",
      "é",
      " ",
      "?",
      "&",
      "&amp;",
      "%",
      "%C3",
      "#",
      "@",
      ":",
      "\\",
      "[",
      "]",
      "x",
      "..",
      '"',
      "<",
      "(",
      ")",
      ";",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const url = cleanUrl(parts.join(""), { baseUrl });
        if (url === null) return;
        expect(cleanUrl(url, { baseUrl })).toBe(url);
        expect(url).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
        expect(URL.canParse(url)).toBe(true);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });
});
