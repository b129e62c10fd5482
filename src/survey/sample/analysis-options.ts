import type { ConnectorInput } from "../../kit/definition.ts";
import { withoutFunctions } from "../../kit/definition-functions.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { fingerprintOf } from "../../model/text/canonical.ts";
import { titleFor } from "../../registry/connector-names.ts";
import { foldersOf } from "../../registry/term-folders.ts";
import type { SampleRequest } from "./sample-request.ts";

/** Returns the part of a request that does not depend on the sample. */
export function analysisOptions(
  connectors: readonly LoadedConnector[],
  { id, feed, publisher }: Pick<ConnectorInput, "id" | "feed" | "publisher">,
): Pick<SampleRequest, "timeZone" | "folders" | "termsVersion" | "options"> {
  const title = titleFor({ id, publisher }, connectors);
  return {
    timeZone: publisher.kind === "european" ? "Europe/Brussels" : "Europe/Paris",
    folders: foldersOf(connectors),
    termsVersion: fingerprintOf(connectors.map(({ fingerprint }) => fingerprint).join(" ")),
    options: {
      id,
      ...(title !== undefined && { title }),
      feed: withoutFunctions(feed),
      publisher,
      territory: publisher.territory,
      isPublisherGiven: true,
    },
  };
}
