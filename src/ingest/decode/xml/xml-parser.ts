import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from "saxes";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { recordTooLarge } from "../decoded.ts";

/** Receives the events of a document. */
interface XmlEvents {
  open(tag: SaxesTagPlain): void;
  text(text: string): void;
  close(): void;
  /** Returns a text to append to line and column in errors: `, in /flux/aide[3]`. */
  nearby(): string;
}

/** Maximum number of attributes of an element. */
const maxAttributes = 1_000;

/**
 * A parser that refuses malformed documents, and tags, texts and comments longer than `maxCharacters`. It also refuses every document type,
 * so that a document cannot define entities, which can be used for attacks.
 */
export class StrictXmlParser {
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #maxCharacters: number;
  readonly #page: string;
  readonly #events: XmlEvents;
  #sinceTag = 0;
  #attributes = 0;

  constructor(events: XmlEvents, maxCharacters: number, page: string) {
    this.#maxCharacters = maxCharacters;
    this.#page = page;
    this.#events = events;
    this.#parser.on("opentag", (tag: SaxesTagPlain) => {
      this.#sinceTag = 0;
      this.#attributes = 0;
      events.open(tag);
    });
    this.#parser.on("closetag", () => {
      this.#sinceTag = 0;
      events.close();
    });
    this.#parser.on("text", (text) => events.text(text));
    this.#parser.on("cdata", (text) => events.text(text));
    this.#parser.on("attribute", (_: SaxesAttributePlain) => {
      this.#attributes++;
      if (this.#attributes > maxAttributes) throw new FeedUnreadable("too-large", { at: this.place(), limitAttributes: maxAttributes });
    });
    this.#parser.on("doctype", () => {
      throw new FeedUnreadable("forbidden-xml", { what: "DTD", at: this.place() });
    });
    this.#parser.on("error", (error) => {
      throw new FeedUnreadable("malformed", { at: this.place() }, { cause: error });
    });
  }

  /** Parses text. Throws `FeedUnreadable`: `malformed`, `forbidden-xml`, `too-large`. */
  write(text: string): void {
    this.#sinceTag += text.length;
    this.#parser.write(text);
    joinText(this.#parser, this.#sinceTag - text.length, this.#sinceTag);
    if (this.#sinceTag > this.#maxCharacters) throw recordTooLarge(this.place(), this.#maxCharacters);
  }

  /** Ends the document. Throws `FeedUnreadable` (`malformed`) if it is incomplete. */
  end(): void {
    this.#parser.close();
  }

  /** Returns the position of the parser and the nearby record. After a bare `&`, the position is only that of the next `;`. */
  place(): string {
    return `${this.#page}line ${this.#parser.line}, column ${this.#parser.column + 1}${this.#events.nearby()}`;
  }
}

const joinEvery = 1024 ** 2;

/**
 * Joins the text that saxes has collected so far, at each megabyte of it. `from`, `to`: its length before and after a write. saxes appends
 * single characters in CDATA, comments and entities, and V8 keeps each as a piece of 32 bytes until somebody reads the text: half a
 * gigabyte for 16 MB of brackets.
 */
export function joinText(parser: object, from: number, to: number): void {
  if (Math.floor(from / joinEvery) === Math.floor(to / joinEvery)) return;
  const text: unknown = Reflect.get(parser, "text");
  if (typeof text === "string") text.charCodeAt(0);
}
