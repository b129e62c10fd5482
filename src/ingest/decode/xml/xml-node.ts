/** An element of a record, as read. */
export interface XmlNode {
  /** Without namespace prefix. */
  readonly name: string;
  /** Names without prefix; declarations of namespaces are left out. */
  readonly attributes: readonly (readonly [string, string])[];
  /** Texts and elements in order; no two texts in a row. */
  readonly content: (string | XmlNode)[];
}

/** A name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
