import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanMarkup } from "../../src/kit/values/html/scan-markup.ts";
import { expectSameCleaning } from "../support/expect-same-cleaning.ts";
import { anyMarkup } from "../support/markup-arbitrary.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { publishersMarkup } from "../support/publishers-markup.ts";

const nowhere = { text: () => undefined, open: () => undefined, close: () => undefined, unsafe: () => undefined };

describe("scanMarkup", () => {
  it.each([
    ["a plain text", "Aide aux communes"],
    ["lines and doubled blanks", "<p>Aide\r\n  aux\tcommunes </p>\n\n<p>b</p>\n"],
    ["lists, formats and breaks", "<ul><li><b>a</b> : b<li>c</ul><BR /><h3>d</h3>"],
    ["attributes", `<p class="x" style='y'><a href="https://a.fr/?b=1&amp;c=2" target="_blank" >d</a><br/>`],
    ["a table", '<table><tr><td colspan="2">a</td></tr></table>'],
    ["entities, usual or not", "<p>l&rsquo;aide&nbsp;&#8211; &aacute; &Zopf; R&D &inconnue;</p>"],
    ["unusual characters", "<p>a\u200bb 🚩 e\u0301</p>"],
    ["elements crossed and unclosed", "<p><b>a<i>b</b>c</i><div>"],
  ])("reads %s to the end", (_name, markup) => {
    expect(scanMarkup(markup, nowhere)).toBe(markup.length);
  });

  it.each([
    ["a tag that is not known", "<o:p>b"],
    ["a script", "<script>b</script>"],
    ["an event handler", '<p onclick="x">b'],
    ["an unquoted attribute", "<p a=b>b"],
    ["an attribute without value", "<p hidden>b"],
    ["an unclosed quote", '<a href="x>b'],
    ["an unfinished tag", "<p"],
    ["a comparison", "< 4"],
    ["a comment", "<!-- b -->"],
  ])("stops at %s", (_name, rest) => {
    expect(scanMarkup(`<p>a</p>${rest}`, nowhere)).toBe(8);
  });
});

describe("the scanner and the full reader agree", () => {
  it("on texts of publishers", () => {
    fc.assert(
      fc.property(publishersMarkup, (html) => expectSameCleaning(html)),
      { numRuns: propertyRuns(8000) },
    );
  });

  it("on bad markup", () => {
    fc.assert(
      fc.property(anyMarkup, (html) => expectSameCleaning(html)),
      { numRuns: propertyRuns(4000) },
    );
  });
});
