import type { PlatformFeed } from "./platforms-feed.ts";
import { files } from "./platforms-files.ts";
import { portals } from "./platforms-portals.ts";
import { sites } from "./platforms-sites.ts";

/** Every platform, in the table's order. The server identifies it by its index. */
export const platformFeeds: readonly PlatformFeed[] = [...portals, ...sites, ...files];
