import type { Connector } from "../../kit/definition.ts";

/** Returns the address from which relative links start: that of a list of pages, else the publisher's website or the feed's. */
export function linkBase({ details, feed, publisher }: Pick<Connector, "details" | "feed" | "publisher">): string | null {
  const ofList = details === undefined ? undefined : feed.url;
  return ofList ?? publisher.website ?? feed.url ?? null;
}
