/** A path of ours that somebody wanted before they signed in; anything else is the first page. */
export function returnPath(asked: string | null): string {
  if (asked === null || !asked.startsWith("/") || !URL.canParse(asked, "http://console.invalid")) return "/";
  const url = new URL(asked, "http://console.invalid");
  return url.host === "console.invalid" && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}
