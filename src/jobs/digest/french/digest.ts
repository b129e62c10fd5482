import type { Digest } from "../../../model/run/digest.ts";
import { digestHtml } from "./html.ts";
import { digestMarkdown } from "./markdown.ts";
import { digestPage } from "./page.ts";
import { digestText } from "./text.ts";

/** The morning page in every format. */
export interface RenderedDigest {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Short, for a chat. */
  readonly markdown: string;
}

/** Renders the morning page in French. */
export function renderDigest(digest: Digest): RenderedDigest {
  const page = digestPage(digest);
  return { subject: page.subject, text: digestText(page), html: digestHtml(page), markdown: digestMarkdown(page) };
}
