import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { type DecodeInput, decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";

const xml = { format: "xml", recordPath: "/flux/aide" } as const;

/** Returns the values of one record with this content. */
async function recordOf(inside: string, chunk = 65_536): Promise<unknown> {
  const decoded = await decodeBytes(`<flux><aide>${inside}</aide></flux>`, xml, { chunk });
  expect(decoded.error).toBeNull();
  return decoded.records[0]?.values;
}

describe("values of an XML record", () => {
  const cases: [string, string, unknown][] = [
    ["text, CDATA, entities, in pieces", "<a>5 &lt; 6 <![CDATA[<b>&amp;</b>]]>&#233;</a>", { a: "5 < 6 <b>&amp;</b>é" }],
    ["empty elements", "<a/><b></b><c> </c>", { a: "", b: "", c: " " }],
    ["attributes beside text", '<a lang="fr">Bonjour</a><b x="1"/>', { a: { "@lang": "fr", "#text": "Bonjour" }, b: { "@x": "1" } }],
    ["nested", "<a>\n <b>1</b>\n <c><d>2</d></c>\n</a>", { a: { b: "1", c: { d: "2" } } }],
    ["repeated: a list, in order", "<a>1</a><b>x</b><a>2</a>", { a: ["1", "2"], b: "x" }],
    ["namespaces", '<m:a xmlns:m="urn:m" m:k="1"><m:b>1</m:b></m:a>', { a: { "@k": "1", b: "1" } }],
    [
      "mixed content is read as markup",
      '<a>Aide <b class="x">aux &amp; pour</b><br/>tous &lt; 5</a>',
      { a: 'Aide <b class="x">aux &amp; pour</b><br/>tous &lt; 5' },
    ],
    [
      "declared XHTML is read as markup, with the blanks between its tags",
      '<a type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un</p> <p>Deux</p></div></a>',
      { a: { "@type": "xhtml", "#text": "<div><p>Un</p> <p>Deux</p></div>" } },
    ],
    ["mixed content with an attribute", "<a k='1'>Aide <i>x</i></a>", { a: { "@k": "1", "#text": "Aide <i>x</i>" } }],
    ["comments and instructions are nothing", "<!-- x --><a>1<!-- y -->2</a><?php echo 1 ?>", { a: "12" }],
    ["text beside a record's elements", "stray <a>1</a>", { a: "1", "#text": "stray " }],
    [
      "names from JavaScript's prototype",
      "<__proto__><x>1</x></__proto__><constructor>2</constructor>",
      JSON.parse('{"__proto__": {"x": "1"}, "constructor": "2"}'),
    ],
  ];
  it.each(cases)("%s", async (_, inside, values) => {
    expect(await recordOf(inside)).toEqual(values);
    expect(await recordOf(inside, 1)).toEqual(values);
  });

  it("attributes of the record", async () => {
    const decoded = await decodeBytes('<flux xmlns="urn:x"><aide id="7"/><aide id="8">texte</aide></flux>', xml);
    expect(valuesOf(decoded)).toEqual([{ "@id": "7" }, { "@id": "8", "#text": "texte" }]);
  });
});

describe("fields named by an attribute", () => {
  const keyed: DecodeInput = { format: "xml", recordPath: "/*/database/table", keyedBy: "name" };
  const dump = (table: string) => `<x:dump xmlns:x="urn:x"><database name="aides"><table name="aides">${table}</table></database></x:dump>`;

  it("have its value as key, without the attribute", async () => {
    const columns =
      '<column name="id">1</column><column name="nom">R&amp;D</column><column name="vide"/><column name="lien" k="2">x</column>';
    const [values] = valuesOf(await decodeBytes(dump(columns), keyed, { chunk: 1 }));
    expect(values).toEqual({ "@name": "aides", id: "1", nom: "R&D", vide: "", lien: { "@k": "2", "#text": "x" } });
  });

  it("become a list if repeated; an element without it, and deeper elements, keep their own names", async () => {
    const columns = '<column name="a">1</column><autre>2</autre><column name="a"><column name="b">3</column></column>';
    const [values] = valuesOf(await decodeBytes(dump(columns), keyed));
    expect(values).toEqual({ "@name": "aides", autre: "2", a: ["1", { column: { "@name": "b", "#text": "3" } }] });
  });

  it("may have names from JavaScript's prototype", async () => {
    const [values] = valuesOf(await decodeBytes(dump('<column name="__proto__">1</column>'), keyed));
    expect(values).toEqual(JSON.parse('{"@name": "aides", "__proto__": "1"}'));
  });
});

describe("the path of the records", () => {
  it("under a root with any name, which the locator contains", async () => {
    const decoded = await decodeBytes('<appels><x><appel/></x><appel id="1"/><appel id="2"/></appels>', {
      format: "xml",
      recordPath: "/*/appel",
    });
    expect(decoded.records.map(({ locator, values }) => [locator, values["@id"]])).toEqual([
      ["/appels/appel[1]", "1"],
      ["/appels/appel[2]", "2"],
    ]);
  });

  it("matches only at its depth, not deeper or beside it", async () => {
    const decoded = await decodeBytes("<flux><aide><aide>in</aide></aide><lot><aide/></lot><aide>2</aide></flux>", xml);
    expect(valuesOf(decoded)).toEqual([{ aide: "in" }, { "#text": "2" }]);
    expect(decoded.records.map((record) => record.locator)).toEqual(["/flux/aide[1]", "/flux/aide[2]"]);
  });

  it("is reported if missing, but may be an empty list", async () => {
    expect((await decodeBytes("<feed><entry/></feed>", xml)).error?.params).toEqual({ path: "/flux/aide" });
    expect((await decodeBytes("<flux><autre/></flux>", xml)).error).toBeNull();
  });

  it("is the first declared alternative that the document has", async () => {
    const either: DecodeInput = { format: "xml", recordPath: ["/rss/channel/item", "/feed/entry", "/feed/item"] };
    expect(valuesOf(await decodeBytes("<feed><item>1</item><entry>2</entry></feed>", either))).toEqual([{ "#text": "2" }]);
    expect(valuesOf(await decodeBytes("<feed><item>1</item></feed>", either, { chunk: 1 }))).toEqual([{ "#text": "1" }]);
    expect(valuesOf(await decodeBytes("<rss><channel><item>1</item></channel></rss>", either))).toEqual([{ "#text": "1" }]);
    expect((await decodeBytes("<feed><item>1</item>", either)).error?.code).toBe("malformed");
  });
});

describe("encoding of XML", () => {
  it.each(["ISO-8859-1", "windows-1252", "iso-8859-15"])("%s as declared", async (encoding) => {
    const bytes = Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><flux><aide><a>\xe9t\xe9</a></aide></flux>`, "latin1");
    const decoded = await decodeBytes(bytes, xml, { chunk: 1 });
    expect(valuesOf(decoded)).toEqual([{ a: "été" }]);
    expect(issuesOf(decoded)).toEqual([]);
  });

  it("declared UTF-16 but written in UTF-8", async () => {
    expect(valuesOf(await decodeBytes('<?xml version="1.0" encoding="utf-16"?><flux><aide><a>été</a></aide></flux>', xml))).toEqual([
      { a: "été" },
    ]);
  });

  it("an encoding that nobody knows", async () => {
    expect((await decodeBytes('<?xml version="1.0" encoding="klingon"?><flux/>', xml)).error?.params).toEqual({
      at: "line 1",
      reason: "klingon",
    });
  });
});

describe("refused XML", () => {
  it.each([
    ["a document type", "<!DOCTYPE flux><flux/>"],
    ["entities that grow", '<!DOCTYPE f [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><flux><aide>&b;</aide></flux>'],
    ["a file of ours", '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><flux><aide>&x;</aide></flux>'],
    ["a DTD elsewhere", '<!DOCTYPE f SYSTEM "http://example.org/f.dtd"><flux/>'],
  ])("%s", async (_, feed) => {
    const decoded = await decodeBytes(feed, xml);
    expect(decoded.error?.code).toBe("forbidden-xml");
    expect(decoded.error?.params.what).toBe("DTD");
    expect(decoded.records).toEqual([]);
  });

  it.each([
    ["cut in the middle", "<flux><aide>1</aide>\n<aide><a>2</a>", "line 2, column 15, in /flux/aide[2]"],
    ["a tag that is not closed", "<flux><aide>1</aide>\n<aide><a>2</aide></flux>", "line 2, column 18, in /flux/aide[2]"],
    ["an entity that is not XML's", "<flux><aide>1</aide>\n<aide>a&nbsp;b</aide></flux>", "line 2, column 14, in /flux/aide[2]"],
    ["something after the end", "<flux><aide>1</aide></flux>\nFatal error", "line 2, column 12, after /flux/aide[1]"],
    ["a bare ampersand", "<flux><aide>1</aide>\n<aide>R & D</aide></flux>", "line 2, column 26, in /flux/aide[2]"],
  ])("malformed: %s, after the records before it", async (_, feed, at) => {
    const decoded = await decodeBytes(feed, xml);
    expect(decoded.records[0]?.values).toEqual({ "#text": "1" });
    expect(decoded.error?.code).toBe("malformed");
    expect(decoded.error?.params.at).toBe(at);
  });

  it("empty or blank", async () => {
    for (const feed of ["", " \n"]) expect((await decodeBytes(feed, xml)).error?.code).toBe("malformed");
  });

  it("nesting, attributes, elements, and a comment without limit", async () => {
    expect((await decodeBytes(`<flux>${"<a>".repeat(100_000)}`, xml)).error?.params.what).toBe("depth");
    const attributes = Array.from({ length: 5000 }, (_, index) => `a${index}="x"`).join(" ");
    const { error } = await decodeBytes(`<flux><aide ${attributes}/></flux>`, xml);
    expect([error?.code, error?.params.limitAttributes]).toEqual(["too-large", 1000]);
    expect((await decodeBytes(`<flux><aide>${"<a/>".repeat(300_000)}</aide></flux>`, xml)).error?.code).toBe("too-large");
    expect((await decodeBytes(`<flux><!--${"x".repeat(300_000)}`, xml, { recordBytes: 100_000 })).error?.code).toBe("too-large");
  });
});
