import type { LiveAid } from "./live-aid.ts";

const site = "https://aides-territoires.beta.gouv.fr";

/** Returns the full address of a live aid's page, or null if the export has none. */
export function siteAddressOf({ url, slug }: Pick<LiveAid, "url" | "slug">): string | null {
  const path = url ?? (slug === null ? null : `/aides/${slug}/`);
  if (path === null || !URL.canParse(path, site)) return null;
  const address = new URL(path, site);
  return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
}
