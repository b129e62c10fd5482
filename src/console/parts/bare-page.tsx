import type { Page } from "../route.ts";

/** Returns a page that only says something to a person without an account, such as why there is nothing at an address. */
export function barePage(title: string, text: string, answer: Pick<Page, "status" | "retryAfter">): Page {
  return {
    title,
    ...answer,
    isBare: true,
    content: (
      <>
        <h1>{title}</h1>
        <p>{text}</p>
      </>
    ),
  };
}
