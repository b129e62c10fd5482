import type { VersionContent } from "../../model/run/connector-version.ts";
import type { LoadedConnector } from "../load-connectors.ts";
import type { Values } from "../survey/survey.ts";

/** Input for the files of a connector. */
export interface FilesAsked {
  /** The connector as it runs. */
  readonly connector: LoadedConnector;
  /** Changes by people. */
  readonly content: VersionContent;
  /** Records of its last feed, if stored. */
  readonly records: readonly Values[];
  /** Day in the name of the sample fixture: `2026-11-26`. */
  readonly day: string;
  /** Folders of shared term files. */
  readonly folders: readonly string[];
}
