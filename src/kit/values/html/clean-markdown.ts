export { htmlToMarkdown } from "./html-to-markdown.ts";
export { cleanMarkdown } from "./markdown-to-html.ts";
