import type { PageFault } from "../../kit/pages/page-fault.ts";
import type { IssueParams } from "../../model/issue.ts";

const faults: Readonly<Record<PageFault, string>> = {
  "not-found": "it says itself that it does not exist",
  "sent-elsewhere": "it redirects to a page above it",
  "sign-in": "it asks to sign in",
  consent: "it contains only a request for consent to cookies",
  maintenance: "the site is under maintenance",
  "needs-script":
    "it is empty without JavaScript, which is not run; ask the publisher for a file, an RSS feed or the address of the data that the page loads",
  "other-structure": "its structure has changed: no selector, heading or label of the connector finds anything",
  repeated: "it has the same content as other pages",
  unreadable: "its content is no readable web page",
};

const failures: Readonly<Record<string, string>> = {
  robots: "robots.txt disallows it",
  elsewhere: "it is on another host; list the host in details.hosts",
  "no-page": "the server sent a file instead of a page",
  "no-address": "the list has no address for it",
};

/** Returns why a page is not the expected one. */
export function pageFault({ reason, missing }: IssueParams): string {
  return `${faults[reason as PageFault] ?? faults["other-structure"]}${missing === undefined ? "" : ` (missing: ${missing})`}`;
}

/** Returns why a page could not be requested. */
export function pageFailure({ reason, status }: IssueParams): string {
  if (status !== undefined) return `the server answered ${status}`;
  return failures[reason ?? ""] ?? String(reason ?? "it could not be requested");
}

/** Returns why the pages of a site do not count as complete; null if pagination stopped for another reason. */
export function unreadPages({ reason, read, listed, share }: IssueParams): string | null {
  if (reason === "pages-waiting") return `${read} of ${listed} pages were read; the others are read in the next nights`;
  if (reason !== "pages-unread") return null;
  return `${read} of ${listed} pages were read, and ${Math.round(Number(share) * 100)}% are required (details.minRead)`;
}
