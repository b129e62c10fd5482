/**
 * The territories where an aid may hold: communes of today, EPCI, departments and regions of `@etalab/decoupage-administratif`, the eight
 * overseas collectivities, twelve water basins, mainland, overseas, France, Europe. Files are read when a scale is first asked for.
 */
export { type FoundPerimeter, findPerimeter } from "./perimeters/find-perimeter.ts";
export { findPerimeterByCode } from "./perimeters/find-perimeter-by-code.ts";
export { findPerimeterByName } from "./perimeters/find-perimeter-by-name.ts";
export { basins } from "./perimeters/fixed-territories.ts";
export { parseInseeCode, toInseeCode } from "./perimeters/insee-code.ts";
export { isWithin } from "./perimeters/is-within.ts";
export { overseasMembers } from "./perimeters/overseas-members.ts";
export { regionsAndDepartments } from "./perimeters/regions.ts";
export { territoriesAround } from "./perimeters/territories-around.ts";
export { territoriesAsked } from "./perimeters/territories-asked.ts";
export { territoriesLike } from "./perimeters/territories-like.ts";
