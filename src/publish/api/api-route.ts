import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Access, AccessOf } from "./access/access.ts";
import type { Counts } from "./aids/counts.ts";
import type { Records } from "./aids/records.ts";
import type { ApiSettings } from "./api-settings.ts";
import type { AidReads } from "./counts/count-buffer.ts";
import type { BackerNames } from "./lists/backer-names.ts";
import type { SearchMisses } from "./misses/search-misses.ts";
import type { Parameter } from "./parameters/parameter.ts";

/** Services of the API. */
export interface ApiWorld {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly logger: { error(what: object, message: string): void };
  /** Returns the current connectors: the same list while nothing changes. */
  readonly connectors: () => Promise<readonly LoadedConnector[]>;
  readonly settings: ApiSettings;
  /** Public address, without final slash. */
  readonly url: string;
  readonly accessOf: AccessOf;
}

/** Services with caches. */
export interface ApiServices extends ApiWorld {
  readonly records: Records;
  readonly counts: Counts;
  readonly backerNames: BackerNames;
  readonly misses: SearchMisses;
  readonly reads: AidReads;
}

/** One request, as routes see it. */
export interface ApiVisit {
  readonly services: ApiServices;
  readonly access: Access;
  readonly request: Request;
  /** Decoded parameters of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly now: Date;
  /** Paris day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Position of the index at the time of the request. */
  readonly position: number;
}

/** JSON answer, as text or bytes. */
export interface ApiAnswer {
  readonly json: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A route with its description. The API's document is made from these. */
export interface ApiRoute {
  /** As `/api/aids/by-id/:id/`; also answers without the final slash. */
  readonly path: string;
  /** Other paths for clients of Aides-territoires, not in the document. */
  readonly otherPaths?: readonly string[];
  /** Default `get`, which also answers HEAD. */
  readonly method?: "get" | "post";
  /** Name of the operation in the document. */
  readonly name: string;
  /** In French. */
  readonly summary: string;
  /** Parameters of the query. */
  readonly parameters: readonly Parameter[];
  /** Schema of the body that it takes, in `document/answer-schemas.ts`. */
  readonly body?: "ErrorReport";
  /** Media type of its answer. Default: JSON, with a schema in `document/answer-schemas.ts`. */
  readonly mediaType?: string;
  /** What its answers depend on, for `ETag`: the catalogue, only its jumps, or only our code. Absent: the route sends its own ETag. */
  readonly changesWith?: "catalogue" | "code" | "jumps";
  answer(visit: ApiVisit): Promise<ApiAnswer | Response> | ApiAnswer | Response;
}
