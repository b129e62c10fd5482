/** An element of a record. */
export interface XmlNode {
  /** Without namespace prefix. */
  readonly name: string;
  /** Names without prefix, and without namespace declarations. */
  readonly attributes: readonly (readonly [string, string])[];
  /** Texts and elements in order; adjacent texts are joined. */
  readonly content: (string | XmlNode)[];
}

/** Returns a name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
