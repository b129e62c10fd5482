import fc from "fast-check";

const tags =
  "p div b strong i em u s sub sup span font a ul ol li table thead tbody tr td th caption h1 h2 h3 blockquote pre br hr img script style svg math template noscript iframe o:p foo title form dl dt";
const attributes = [
  "",
  ' class="x"',
  ' onclick="alert(1)"',
  ' href="/a?b=1&amp;c=2"',
  " href='https: //x.fr/é'",
  ' href="javascript:alert(1)"',
  " colspan=2",
  " start='3'",
  " vide",
  ' alt="<b>"',
];
const texts = [
  "a",
  "Mot",
  " ",
  "  ",
  "\n",
  "\n\n",
  "é",
  "e\u0301",
  "\u0338",
  "\u00a0",
  "\u200b",
  "\u200d",
  "👩",
  "&nbsp;",
  "&eacute;",
  "&amp;rsquo;",
  "&amp;",
  "&",
  "rsquo;",
  "amp;",
  "#38;",
  "&lt;",
  "<",
  ">",
  "3 < 4",
  "<x y>",
  "</",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "&#38",
  "&#x301;",
  "\ud800",
  "*",
  "_x_",
  "1. ",
  "- ",
  "# ",
  "|",
  "~~",
  "https://a.fr/b",
  "www.a.fr",
  "x@y.fr",
  "\\",
  "`",
  "[z](q)",
  "=== ",
  "---",
  "\u202e",
  "\u0092",
];

const open = fc
  .tuple(fc.constantFrom(...tags.split(" ")), fc.constantFrom(...attributes), fc.constantFrom(">", "/>", " >", ""))
  .map(([tag, attribute, end]) => `<${tag}${attribute}${end}`);
const close = fc.constantFrom(...tags.split(" ")).map((tag) => `</${tag}>`);

/** Texts with bad markup: unclosed, crossed, broken, hostile, in every combination. */
export const anyMarkup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...texts), weight: 4 },
      { arbitrary: open, weight: 3 },
      { arbitrary: close, weight: 3 },
      fc.string({ maxLength: 4 }),
    ),
    {
      maxLength: 24,
    },
  )
  .map((parts) => parts.join(""));
