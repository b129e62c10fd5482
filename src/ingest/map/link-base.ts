import type { Connector } from "../../kit/definition.ts";

/** Returns the address from which relative links start: the list's for web pages, else the publisher's website or the feed's. */
export function linkBase({ decode, feed, publisher }: Pick<Connector, "decode" | "feed" | "publisher">): string | null {
  const ofList = decode.format === "html" ? feed.url : undefined;
  return ofList ?? publisher.website ?? feed.url ?? null;
}
