import { filterParameters } from "./filter-parameters.ts";
import { changeParameters, pageParameters } from "./page-parameters.ts";
import type { ValuesOf } from "./parameter.ts";

export { aidsAPage } from "./page-parameters.ts";

/** All parameters of `/api/aids/`. */
export const aidParameters = { ...filterParameters, ...pageParameters, ...changeParameters } as const;

/** Parsed parameters of a list of aids. */
export type AskedAids = ValuesOf<typeof aidParameters>;
