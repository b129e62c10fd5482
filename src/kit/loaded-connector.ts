import type { Connector } from "./definition.ts";
import type { TableLookup } from "./rules/rule-context.ts";

/** A checked connector with its terms. */
export interface LoadedConnector {
  readonly definition: Connector;
  readonly terms: TableLookup;
  /** Hash of definition and terms: see `registry/connector-fingerprint.ts`. */
  readonly fingerprint: string;
  /** The connector's file; null for a connector that exists only in the catalogue. */
  readonly file: string | null;
  /** The folder that contains its `connectors/`, `mappings/` and `fixtures/`, or null as above. */
  readonly folder: string | null;
  /** Number of the catalogue version that is applied: see `withStoredVersions`. */
  readonly version?: number;
}
