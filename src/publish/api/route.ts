import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Clock } from "../../platform/clock.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import type { Access, AccessOf } from "./access/access.ts";
import type { Counts } from "./aids/counts.ts";
import type { Records } from "./aids/records.ts";
import type { BackerNames } from "./lists/backer-names.ts";
import type { SearchMisses } from "./misses/search-misses.ts";
import type { Parameter } from "./parameters/parameter.ts";
import type { ApiSettings } from "./settings.ts";

/** What the API needs of the world. */
export interface ApiWorld {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly logger: { error(what: object, message: string): void };
  /** The connectors as they stand: the same list as long as nothing changes. */
  readonly connectors: () => Promise<readonly LoadedConnector[]>;
  readonly settings: ApiSettings;
  /** Address under which it is known, without a slash at the end. */
  readonly url: string;
  readonly accessOf: AccessOf;
}

/** What answers are made with: the world, and what is kept between two of them. */
export interface ApiServices extends ApiWorld {
  readonly records: Records;
  readonly counts: Counts;
  readonly backerNames: BackerNames;
  readonly misses: SearchMisses;
}

/** One request, as routes see it. */
export interface ApiVisit {
  readonly services: ApiServices;
  readonly access: Access;
  readonly request: Request;
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly now: Date;
  /** Today in Paris, `YYYY-MM-DD`. */
  readonly day: string;
  /** How far the index had come when it was asked. */
  readonly position: number;
}

/** JSON that answers, as text or as bytes. */
export interface ApiAnswer {
  readonly json: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An address, what it is for, and what answers it. The document of the API is made from these. */
export interface ApiRoute {
  /** As `/api/aids/by-id/:id/`; answers without the slash at the end too. */
  readonly path: string;
  /** Where clients of Aides-territoires ask for it too; the document does not name these. */
  readonly otherPaths?: readonly string[];
  /** Default `get`, which answers HEAD too. */
  readonly method?: "get" | "post";
  /** Name of the operation in the document. */
  readonly name: string;
  /** In French. */
  readonly summary: string;
  /** Of the query. */
  readonly parameters: readonly Parameter[];
  /**
   * What its answers change with, for `ETag`: the catalogue, or nothing but our code. Left out: it says so itself.
   */
  readonly changesWith?: "catalogue" | "code";
  answer(visit: ApiVisit): Promise<ApiAnswer | Response> | ApiAnswer | Response;
}
