/**
 * The territories where an aid may apply: current communes, EPCI, departments and regions of `@etalab/decoupage-administratif`, eight
 * overseas collectivities, twelve water basins, mainland, overseas, France, Europe. Files are read when a scale is first used.
 */
export { type FoundPerimeter, findPerimeter } from "./find-perimeter.ts";
export { findPerimeterByCode } from "./find-perimeter-by-code.ts";
export { findPerimeterByName } from "./find-perimeter-by-name.ts";
export { basins } from "./fixed-territories.ts";
export { parseInseeCode, toInseeCode } from "./insee-code.ts";
export { isWithin } from "./is-within.ts";
export { overseasMembers } from "./overseas-members.ts";
export { regionsAndDepartments } from "./regions.ts";
export { territoriesAround } from "./territories-around.ts";
export { territoriesAsked } from "./territories-asked.ts";
export { territoriesLike } from "./territories-like.ts";
