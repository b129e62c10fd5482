/** Control characters that move the cursor, set the title or change the text direction. Line breaks, tabs and our colours are allowed. */
const unsafeCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters
  /\u001b(?!\[(?:0|1|2|22|3[0-7]|39|9[0-7])m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Escapes control characters, because a feed's text may contain "\u001b[2J", which clears the screen. Uses the escapes of JSON (`\u001b`),
 * so that JSON output keeps its meaning.
 */
export function printable(text: string): string {
  return text.replace(unsafeCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Escapes all control characters of a feed's or a person's text, including our colours. */
export function inert(text: string): string {
  return printable(text.replaceAll("\u001b", "\\u001b"));
}

/** Returns a text of a feed or a person on one line, harmless for the terminal. */
export function oneLine(text: string): string {
  return inert(text.replace(/\s+/g, " "));
}
