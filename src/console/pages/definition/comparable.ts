import type { ComparedVersion } from "../../../french/versions.ts";
import type { VersionTerms } from "../../../model/run/connector-version.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";

/** A connector as two versions of it are compared. */
export function comparable({ definition }: LoadedConnector, terms: VersionTerms): ComparedVersion {
  return { definition: definition as unknown as Readonly<Record<string, unknown>>, terms };
}
