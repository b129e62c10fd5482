import type { FeedFind } from "../../model/publisher/feed-lead.ts";
import { WrongSettings } from "../../platform/config.ts";
import { findOnDataGouv } from "./catalogues/data-gouv.ts";
import { findInDcat } from "./catalogues/dcat.ts";
import { findOnOpendatasoft } from "./catalogues/opendatasoft.ts";
import type { ReadAddress } from "./read-address.ts";

/** How each kind of catalogue is searched. */
const searches: Readonly<Record<string, (read: ReadAddress, place: URL) => AsyncGenerator<FeedFind>>> = {
  "data-gouv": findOnDataGouv,
  opendatasoft: findOnOpendatasoft,
  dcat: findInDcat,
};

/** A catalogue to search. */
interface RadarPlace {
  readonly address: URL;
  find(read: ReadAddress): AsyncGenerator<FeedFind>;
}

/** Where the radar looks. */
export interface RadarPlaces {
  readonly catalogues: readonly RadarPlace[];
  /** Whether it also reads the sitemaps of publishers without a connector. */
  readonly sitemaps: boolean;
}

/**
 * Reads `MOISSON_RADAR`: `no` (default), or a list such as `data-gouv=https://www.data.gouv.fr, opendatasoft=https://data.example.org, sitemaps`.
 * Returns null for `no`. Throws `WrongSettings`.
 */
export function radarPlaces(setting: string | undefined): RadarPlaces | null {
  const entries = (setting ?? "no").split(",").flatMap((entry) => entry.trim() || []);
  if (entries.length === 0 || (entries.length === 1 && entries[0] === "no")) return null;
  const catalogues = entries.filter((entry) => entry !== "sitemaps").map(placeOf);
  return { catalogues, sitemaps: entries.includes("sitemaps") };
}

function placeOf(entry: string): RadarPlace {
  const [kind = "", ...rest] = entry.split("=");
  const search = Object.hasOwn(searches, kind) ? searches[kind] : undefined;
  const address = rest.join("=");
  if (search === undefined || !/^https?:\/\//.test(address) || !URL.canParse(address))
    throw new WrongSettings([
      `MOISSON_RADAR: expected no, sitemaps, or <kind>=<address> with one of ${Object.keys(searches).join(", ")}, separated by commas`,
    ]);
  const place = new URL(address);
  return { address: place, find: (read) => search(read, place) };
}
