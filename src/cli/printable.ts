/** All that moves a terminal's cursor, writes its title or turns its text, but line breaks, tabs and the few colours that we use. */
const commands =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\u001b(?!\[(?:0|1|2|22|3[0-7]|39|9[0-7])m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that a terminal shows and does not obey: a feed's field may be called "\u001b[2J", which wipes the screen. Such characters are written as JSON
 * writes them (`\u001b`), so that JSON stays the same JSON.
 */
export function printable(text: string): string {
  return text.replace(commands, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
