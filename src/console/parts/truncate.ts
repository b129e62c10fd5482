/** The beginning of a text that may be a publisher's, on one line: lists stay lists, whatever stands in a feed. */
export function truncate(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const letters = Array.from(line);
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : line;
}
