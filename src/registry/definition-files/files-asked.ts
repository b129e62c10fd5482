import type { VersionContent } from "../../model/run/connector-version.ts";
import type { LoadedConnector } from "../load-connectors.ts";
import type { Values } from "../survey/survey.ts";

/** What the files of a connector are made of. */
export interface FilesAsked {
  /** As it runs. */
  readonly connector: LoadedConnector;
  /** What persons changed in it. */
  readonly content: VersionContent;
  /** Records of its last feed; none where none is kept. */
  readonly records: readonly Values[];
  /** Day of the fixture that is made of them: `2026-11-26`. */
  readonly day: string;
  /** Where shared term files lie. */
  readonly folders: readonly string[];
}
