import type { SaxesTagPlain } from "saxes";
import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";
import { recordTooLarge } from "../decoded.ts";
import { StrictXmlParser } from "./xml-parser.ts";
import { XmlPath } from "./xml-path.ts";
import { localName, type XmlNode, xmlRecord } from "./xml-value.ts";

/** Maximum nesting depth. */
const maxDepth = 512;
/** Maximum number of elements in a record. */
const maxElements = 200_000;

interface XmlRecordsOptions {
  readonly path: string;
  /** Maximum length of a record, characters. */
  readonly recordBytes: number;
  /** Prefix for locators: `page 2, ` or empty. */
  readonly page: string;
  /** See `xmlRecord`. */
  readonly keyedBy: string | undefined;
}

/** Builds records from the events of the parser. */
export class XmlRecords {
  readonly #parser: StrictXmlParser;
  readonly #path: XmlPath;
  /** Open elements of the current record, outermost first. */
  readonly #open: XmlNode[] = [];
  #decoded: Decoded[] = [];
  #records = 0;
  #elements = 0;
  #characters = 0;
  #isRepaired = false;

  constructor(private readonly options: XmlRecordsOptions) {
    this.#path = new XmlPath(options.path);
    const events = {
      open: (tag: SaxesTagPlain) => this.#openTag(tag),
      text: (text: string) => this.#addText(text),
      close: () => this.#closeTag(),
      nearby: () => this.#nearby(),
    };
    this.#parser = new StrictXmlParser(events, options.recordBytes, options.page);
  }

  /** True once the parent element of the records was found. The feed may then still have no records. */
  get isPathFound(): boolean {
    return this.#path.isParentSeen;
  }

  /** Parses text. Throws `FeedUnreadable`: `malformed`, `forbidden-xml`, `too-large`. */
  write(text: string, repaired: boolean): void {
    this.#isRepaired ||= repaired && this.#open.length > 0;
    this.#characters += text.length;
    this.#parser.write(text);
    if (this.#open.length > 0 && this.#characters > this.options.recordBytes) throw this.#tooLarge();
  }

  /** Ends the document. Throws `FeedUnreadable` (`malformed`). */
  end(): void {
    this.#parser.end();
  }

  /** Returns the records decoded since the last call. */
  take(): Decoded[] {
    const decoded = this.#decoded;
    this.#decoded = [];
    return decoded;
  }

  #openTag(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    const isRecord = this.#path.open(name);
    if (this.#path.depth > maxDepth) throw new FeedUnreadable("forbidden-xml", { what: "depth", at: this.#parser.place() });
    const parent = this.#open.at(-1);
    if (parent === undefined && !isRecord) return;
    if (parent === undefined) {
      this.#records++;
      this.#elements = 0;
      this.#characters = 0;
      this.#isRepaired = false;
    }
    this.#elements++;
    if (this.#elements > maxElements) throw this.#tooLarge();
    const node: XmlNode = { name, attributes: attributesOf(tag), content: [] };
    parent?.content.push(node);
    this.#open.push(node);
  }

  #addText(text: string): void {
    const content = this.#open.at(-1)?.content;
    if (content === undefined || text === "") return;
    // saxes concatenates a text with many entities from many strings. Reading a character makes V8 join them and free their memory.
    text.charCodeAt(0);
    const last = content.at(-1);
    if (typeof last === "string") content[content.length - 1] = last + text;
    else content.push(text);
  }

  #closeTag(): void {
    this.#path.close();
    const node = this.#open.pop();
    if (node === undefined || this.#open.length > 0) return;
    const locator = this.#locator();
    const record = { kind: "record", locator, values: xmlRecord(node, this.options.keyedBy) } as const;
    this.#decoded.push(this.#isRepaired ? { ...record, issues: [issue("decode", "wrong-encoding", { locator })] } : record);
  }

  #nearby(): string {
    const at = `${this.#path.written}[${this.#records}]`;
    if (this.#records === 0) return "";
    return this.#open.length > 0 ? `, in ${at}` : `, after ${at}`;
  }

  #tooLarge(): FeedUnreadable {
    return recordTooLarge(this.#locator(), this.options.recordBytes);
  }

  #locator(): string {
    return `${this.options.page}${this.#path.written}[${this.#records}]`;
  }
}

function attributesOf(tag: SaxesTagPlain): [string, string][] {
  const attributes = Object.entries(tag.attributes).filter(([name]) => name !== "xmlns" && !name.startsWith("xmlns:"));
  return attributes.map(([name, value]) => [localName(name), value]);
}
