import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { escapeText } from "entities";
import { aid } from "./platforms-feed.ts";

/** `xlsx`: cells contain their texts, as programs write them. `xlsx-shared`: cells refer to a list of texts, as Excel saves them. */
export type WorkbookKind = "xlsx" | "xlsx-shared" | "ods";

/** A part of a workbook, generated while it is written. */
type Part = readonly [name: string, content: Iterable<string>];

/** Returns a row of a handwritten sheet, 1 KB: text by column. */
export function sheetRow(index: number): Record<string, string> {
  const { titre, texte, criteres, url, cloture, beneficiaires, taux } = aid(index);
  return {
    Intitulé: titre,
    Descriptif: plainText(texte),
    Conditions: plainText(criteres),
    Bénéficiaires: beneficiaires,
    "Date limite": cloture,
    Taux: taux,
    Lien: url,
  };
}

/** Returns a text without its markup. */
export function plainText(html: string): string {
  return html.replaceAll(/<[^>]+>/g, " ").trim();
}

/** Writes a workbook of one sheet with `count` times `sheetRow`, as a stream. */
export async function writeWorkbook(path: string, kind: WorkbookKind, count: number): Promise<void> {
  await writeZip(path, kind === "ods" ? openDocument(count) : excel(count, kind === "xlsx-shared"));
}

/** Generates the texts of each row, titles first. */
function* rows(count: number): Generator<string[]> {
  yield Object.keys(sheetRow(0));
  for (let index = 0; index < count; index++) yield Object.values(sheetRow(index)).map(escapeText);
}

function excel(count: number, shared: boolean): Part[] {
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relationships = (...targets: [id: string, kind: string, target: string][]) => [
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
    ...targets.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`),
    "</Relationships>",
  ];
  function* sheet(): Generator<string> {
    let next = 0;
    yield `<worksheet xmlns="${main}"><sheetData>`;
    for (const texts of rows(count)) {
      const cells = texts.map((text) => (shared ? `<c t="s"><v>${next++}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`));
      yield `<row>${cells.join("")}</row>`;
    }
    yield "</sheetData></worksheet>";
  }
  function* sharedTexts(): Generator<string> {
    yield `<sst xmlns="${main}">`;
    for (const texts of rows(count)) yield texts.map((text) => `<si><t>${text}</t></si>`).join("");
    yield "</sst>";
  }
  return [
    ["[Content_Types].xml", ['<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>']],
    ["_rels/.rels", relationships(["rId1", "officeDocument", "xl/workbook.xml"])],
    [
      "xl/workbook.xml",
      [`<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Aides" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    ],
    [
      "xl/_rels/workbook.xml.rels",
      relationships(["rId1", "worksheet", "worksheets/sheet1.xml"], ["rId2", "sharedStrings", "sharedStrings.xml"]),
    ],
    ["xl/worksheets/sheet1.xml", sheet()],
    ["xl/sharedStrings.xml", shared ? sharedTexts() : [`<sst xmlns="${main}"/>`]],
  ];
}

function openDocument(count: number): Part[] {
  const urn = "urn:oasis:names:tc:opendocument:xmlns";
  function* content(): Generator<string> {
    yield `<office:document-content xmlns:office="${urn}:office:1.0" xmlns:table="${urn}:table:1.0" xmlns:text="${urn}:text:1.0">`;
    yield '<office:body><office:spreadsheet><table:table table:name="Aides">';
    for (const texts of rows(count)) {
      const cells = texts.map((text) => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`);
      yield `<table:table-row>${cells.join("")}</table:table-row>`;
    }
    yield "</table:table></office:spreadsheet></office:body></office:document-content>";
  }
  return [
    ["mimetype", ["application/vnd.oasis.opendocument.spreadsheet"]],
    ["content.xml", content()],
  ];
}

/** Writes a zip with the size of each part after it, because the size is unknown before. */
async function writeZip(path: string, parts: readonly Part[]): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const directory: Buffer[] = [];
  let offset = 0;
  const put = async (bytes: Uint8Array) => {
    offset += bytes.length;
    if (!file.write(bytes)) await once(file, "drain");
  };
  for (const [name, content] of parts) {
    const start = offset;
    const told = { checksum: 0, size: 0 };
    await put(Buffer.concat([header("504b0304", fieldsOf(0, 0, 0, name)), Buffer.from(name)]));
    const packedFrom = offset;
    for await (const chunk of Readable.from(counted(content, told)).pipe(createDeflateRaw({ level: 1 }))) await put(chunk);
    const fields = fieldsOf(told.checksum, offset - packedFrom, told.size, name);
    await put(header("504b0708", fields.subarray(10, 22)));
    const place = Buffer.alloc(14);
    place.writeUInt32LE(start, 10);
    directory.push(Buffer.concat([header("504b01021400", fields), place, Buffer.from(name)]));
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(
    directory.reduce((sum, entry) => sum + entry.length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  await put(Buffer.concat([...directory, header("504b0506", end)]));
  file.end();
  await finished(file);
}

function header(signature: string, fields: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(signature, "hex"), fields]);
}

/** Returns version, flags (sizes follow; UTF-8), deflate, time; checksum, sizes, lengths of name and extra field. */
function fieldsOf(checksum: number, packed: number, size: number, name: string): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x808, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function* counted(content: Iterable<string>, told: { checksum: number; size: number }): Generator<Buffer> {
  for (const text of content) {
    const bytes = Buffer.from(text);
    told.checksum = crc32(bytes, told.checksum);
    told.size += bytes.length;
    yield bytes;
  }
}
