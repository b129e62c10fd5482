export type Attributes = Readonly<Record<string, string>>;

/** Receives the content of a text with markup, in order. Tag names are in lower case. */
export interface MarkupSink {
  /** The text has decoded entities and clean characters. Its blanks are unchanged. `found`: the bits of `kinds` that it may contain. */
  text(text: string, found: number): void;
  open(tag: string, attributes: Attributes): void;
  close(tag: string): void;
  /** `what`: name of a dangerous tag or attribute that was left out. */
  unsafe(what: string): void;
}

export const noAttributes: Attributes = {};
/** The attributes that sinks receive. */
export const readAttributes: ReadonlySet<string> = new Set(["href", "alt", "colspan", "rowspan", "start"]);
