import { shareOf } from "./field-values.ts";

/** Form of texts, which decides the rule. `line`: no markup and no line breaks. */
export type Markup = "html" | "markdown" | "lines" | "line";

const tagOrEntity =
  /<\/?(?:p|br|div|span|ul|ol|li|strong|b|em|i|a|h[1-6]|table|td|tr|u|img|blockquote)\b[^<>]*>|&(?:[a-z]{2,8}|#x?[\da-f]{2,6});/i;
const markdownSign = /\*\*[^*\n]+\*\*|\[[^\]\n]+\]\((?:https?:|mailto:)[^)\n]+\)|^#{1,6} \S|(?:^|\n) {0,3}[-*] \S[^\n]*\n\s{0,3}[-*] \S/;

/** Detects the markup of texts. Tags and entities in a few of them mean HTML; the others just have none. */
export function markupOf(texts: readonly string[]): Markup {
  if (shareOf(texts, (text) => tagOrEntity.test(text)) >= 0.03) return "html";
  if (shareOf(texts, (text) => markdownSign.test(text)) >= 0.05) return "markdown";
  return shareOf(texts, (text) => /\S[ \t]*\r?\n\s*\S/.test(text)) >= 0.03 ? "lines" : "line";
}
