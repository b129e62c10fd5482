import { foldersOf } from "../../jobs/connectors/term-folders.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import type { ConnectorInput } from "../../kit/definition.ts";
import { withoutFunctions } from "../../kit/definition-functions.ts";
import { fingerprintOf } from "../../model/text/canonical.ts";
import { titleFor } from "../../registry/connector-names.ts";
import type { SampleRequest } from "./sample-request.ts";

/** Returns the part of a request that does not depend on the sample. */
export async function analysisOptions(
  jobs: JobServices,
  { id, feed, publisher }: Pick<ConnectorInput, "id" | "feed" | "publisher">,
): Promise<Pick<SampleRequest, "timeZone" | "folders" | "termsVersion" | "options">> {
  const connectors = await jobs.connectors();
  const title = titleFor({ id, publisher }, connectors);
  return {
    timeZone: publisher.kind === "european" ? "Europe/Brussels" : "Europe/Paris",
    folders: await foldersOf(jobs),
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
