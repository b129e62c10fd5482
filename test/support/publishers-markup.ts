import fc from "fast-check";

/** Pieces that the scanner reads itself, alone or next to each other. */
const usual = ["Aide", "aux", "communes", "é", "L’aide", "œuvre", ". ", ";", "3 > 2", "https://a.fr"];
const blanks = [" ", " ", "  ", "\n", "\n\n", "\n  \n", "&nbsp;", "&#160;"];
const entities = ["&#39;", "&#039;", "&#8211;", "&rsquo;", "&quot;", "&eacute;t", "&amp;", "&amp;rsquo;", "&lt;", "&gt;"];
const odd = [
  ...["\r\n", "\t", "\u00a0", "\u200b", "\u200d", "e\u0301", "\u0301", "\u0338", "\u037e", "🚩", "\ufe0f", "\ud800", "\u0092"],
  ...[
    "&#13;",
    "&#x27;",
    "&#0;",
    "&#769;",
    "&#32;",
    "&inconnu;",
    "&oeliguvre",
    "&nbsp",
    "R&D",
    "https://a.fr?x=1&copy=2",
    "&",
    "3 < 4",
    "<",
  ],
];
const word = fc.oneof(
  { arbitrary: fc.constantFrom(...usual), weight: 12 },
  { arbitrary: fc.constantFrom(...blanks), weight: 8 },
  { arbitrary: fc.constantFrom(...entities), weight: 3 },
  { arbitrary: fc.constantFrom(...odd), weight: 1 },
);
const tags =
  "p p p li li ul ul ol strong b em i u a a br br div span h1 h2 h4 blockquote section sup sub table tr td th tbody thead caption pre dl dt dd img hr font";
const tag = fc.oneof(
  { arbitrary: fc.constantFrom(...tags.split(" ")), weight: 40 },
  { arbitrary: fc.constantFrom("o:p", "script", "title", "mot"), weight: 1 },
);
const usualAttributes = [
  ...[' class="x y"', " style='a:b'", ' data-x="<p>>"', '\n  id="x"\n', ' xml:lang="fr"', ' title="l\u0092a\u0338"', ' title=""'],
  ...[' href="https://a.fr/b?c=1&amp;d=2"', ' target="_blank" href="https://a.fr"', " href='/é x'", ' href="#x"', ' href="javascript:x"'],
  ...[' HREF="https://a.fr" href="https://b.fr"', ' href="mailto:a@b.fr"', ' href=""', ' href="https://localhost"', ' alt="Logo\nx"'],
  ...[' colspan="2"', ' rowspan="3" colspan="1"', ' start="3"', ' start="x"'],
];
const oddAttributes = [
  ...[' href="https://a\u212a.fr/\u017f"', ' href="\u0338\u200bhttps://a.fr"', " href=https://a.fr", ' href="https://a.fr', ' onclick="x"'],
  ...[' a.b="c"', " vide", ' a = "b"', ' a="b"c="d"', ' title="x"\u0338', "\u00a0id='x'", "/id='x'"],
];
const attribute = fc.oneof(
  { arbitrary: fc.constant(""), weight: 20 },
  { arbitrary: fc.constantFrom(...usualAttributes), weight: 20 },
  { arbitrary: fc.constantFrom(...oddAttributes), weight: 1 },
);

const opening = fc.tuple(tag, attribute, fc.constantFrom("", "", "", "", "", " ", "/", " /", "\t/"));
const { nodes } = fc.letrec<{ nodes: string; node: string; element: string; text: string }>((tie) => ({
  nodes: fc.array(tie("node"), { maxLength: 5 }).map((parts) => parts.join("")),
  node: fc.oneof({ depthSize: "medium", withCrossShrink: true }, tie("text"), tie("element")),
  text: fc.array(word, { minLength: 1, maxLength: 7 }).map((parts) => parts.join("")),
  element: fc.tuple(opening, tie("nodes"), fc.integer({ min: 0, max: 60 }), tag).map(([[tag, attribute, end], content, chance, other]) => {
    const name = chance <= 2 ? tag.toUpperCase() : tag;
    const closing = chance <= 5 ? "" : `</${chance <= 8 ? other : name}${chance === 9 ? " " : ""}>`;
    return `<${name}${attribute}${end}>${content}${tag === "br" || tag === "img" || tag === "hr" ? "" : closing}`;
  }),
}));

/** Texts like those of publishers: mostly well-nested elements with attributes, entities, blanks and unusual characters. */
export const publishersMarkup: fc.Arbitrary<string> = nodes;

const junk = [
  ...["<", ">", "&", ";", "=", '"', "'", "\n", "</", "<!--", "-->", "\u0338", "\u00ad"],
  ...["<p>", "</p>", "<b>", "</b>", "</li>", "<br>", "</ul>"],
];

/** Texts of a list with a few pieces removed or replaced by junk. */
export function mutationsOf(texts: readonly string[], maxLength = 1200): fc.Arbitrary<string> {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  const edit = fc.tuple(fraction, fc.nat(20), fc.constantFrom("", ...junk));
  return fc.tuple(fc.constantFrom(...texts), fraction, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([text, from, edits]) => {
    const start = Math.floor(from * Math.max(0, text.length - maxLength));
    return edits.reduce(
      (part, [place, length, put]) => {
        const at = Math.floor(place * part.length);
        return part.slice(0, at) + put + part.slice(at + length);
      },
      text.slice(start, start + maxLength),
    );
  });
}
